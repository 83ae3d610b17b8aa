package dev.zhanggui.portal.api.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.ApiKeys.ApiKey;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.SecretDialog;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys of the merchant's own software: made, shown once, replaced, revoked. */
@Route("merchant/keys")
@Menu(title = "api.menu", order = 20, icon = "lock")
@RolesAllowed(Role.Names.OWNER)
class KeysView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient ApiKeys keys;
    private final transient ChosenStore stores;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final transient HumanTime times;
    private final PageHeader header;
    private final Button add = new Button();
    private final Div list = new Div();
    private @Nullable MerchantId merchant;

    KeysView(ApiKeys keys, ChosenStore stores, CurrentActor actor, Clock clock) {
        this.keys = keys;
        this.stores = stores;
        this.actor = actor;
        this.clock = clock;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassName("zg-page");
        add.setText(getTranslation("api.new"));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.addClickListener(click -> create());
        header = new PageHeader(getTranslation("api.title"))
                .subtitle(getTranslation("api.about"))
                .aside(add);
        list.addClassName("zg-stack");
        add(header, list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        merchant = stores.of(event.getLocation())
                .orElseThrow(() -> new NotFoundException("store"))
                .merchantId();
        refresh();
    }

    private void refresh() {
        var now = clock.instant();
        var good = keys.ofMerchant(actor.get(), merchant()).stream()
                .collect(Collectors.partitioningBy(key -> key.isGoodAt(now)));
        var live = Objects.requireNonNull(good.get(true));
        var past = Objects.requireNonNull(good.get(false));
        list.removeAll();
        add.setVisible(!live.isEmpty());
        if (live.isEmpty()) {
            var first = new Button(getTranslation("api.new"), click -> create());
            first.addThemeVariants(ButtonVariant.PRIMARY);
            list.add(new EmptyState(getTranslation("api.empty"), getTranslation("api.empty.todo"), first));
        }
        live.forEach(key -> list.add(card(key)));
        if (!past.isEmpty()) {
            var rows = new Div();
            rows.addClassName("zg-rows");
            past.forEach(key -> rows.add(row(key)));
            list.add(new Details(getTranslation("api.past"), rows));
        }
    }

    private Component card(ApiKey key) {
        var name = new Span(key.label());
        name.addClassNames("zg-strong", "zg-grow");
        var end = key.revokedAt();
        var head = new Div(
                name,
                end == null
                        ? new StatusPill(Meaning.OPEN, getTranslation("api.live"))
                        : new StatusPill(Meaning.ATTEND, getTranslation("api.leaving")));
        head.addClassNames("zg-row", "wrap");
        var card = new Div(head, facts(key), scopes(key));
        card.addClassNames("zg-card", "zg-key");
        var actions = new Div();
        actions.addClassNames("zg-row", "wrap");
        if (end == null) {
            actions.add(button("api.rotate", () -> askRotate(key)));
        } else {
            card.add(small(getTranslation("api.until", times.moment(end))));
        }
        var revoke = button("api.revoke", () -> askRevoke(key));
        revoke.addClassName("zg-danger");
        actions.add(revoke);
        card.add(actions);
        return card;
    }

    private Component facts(ApiKey key) {
        var used = key.lastUsedAt();
        var hint = new Span(key.hint() + "…");
        hint.addClassName("zg-mono");
        var facts = new Div(
                hint,
                new Span(roles(key)),
                new Span(getTranslation("api.made", times.moment(key.createdAt()))),
                new Span(used == null ? getTranslation("api.unused") : getTranslation("api.used", times.ago(used))));
        facts.addClassNames("zg-row", "wrap", "zg-small", "zg-muted");
        return facts;
    }

    private String roles(ApiKey key) {
        return key.roles().stream()
                .sorted()
                .map(role -> getTranslation("account.role." + role))
                .collect(Collectors.joining(" "));
    }

    /** Those of no use to a merchant's key are left out. */
    private Component scopes(ApiKey key) {
        var tags = new Div();
        tags.addClassNames("zg-row", "wrap");
        Scope.OF_MERCHANTS.stream().filter(key.scopes()::contains).forEach(scope -> {
            var tag = new Span(getTranslation("api.scope." + scope));
            tag.addClassName("zg-tag");
            tag.setTitle(scope.text());
            tags.add(tag);
        });
        return tags;
    }

    private Component row(ApiKey key) {
        var name = new Span(key.label());
        name.addClassName("zg-grow");
        var hint = new Span(key.hint() + "…");
        hint.addClassName("zg-mono");
        var row = new Div(
                name,
                hint,
                new Span(getTranslation("api.ended", times.moment(Objects.requireNonNull(key.revokedAt())))));
        row.addClassNames("zg-row", "wrap", "zg-small", "zg-muted");
        return row;
    }

    private static Div small(String text) {
        var line = new Div(text);
        line.addClassNames("zg-small", "zg-muted");
        return line;
    }

    private Button button(String key, Runnable action) {
        var button = new Button(getTranslation(key), click -> action.run());
        button.addThemeVariants(ButtonVariant.SMALL);
        return button;
    }

    private void create() {
        new KeyDialog((label, role, scopes) -> keys.make(actor.get(), merchant(), label, role, scopes), this::show)
                .open();
    }

    private void show(ApiKeys.Created created) {
        refresh();
        new SecretDialog(
                        "key-secret",
                        getTranslation("api.secret.title"),
                        getTranslation("api.secret.once"),
                        created.secret())
                .open();
    }

    private void askRotate(ApiKey key) {
        ask(getTranslation("api.rotate.of", key.label()), getTranslation("api.rotate.effect"), "primary", () -> {
            var created = keys.rotate(actor.get(), key.id());
            created.ifPresentOrElse(this::show, () -> {
                Toast.failed(getTranslation("api.gone"), getTranslation("api.gone.todo"));
                refresh();
            });
        });
    }

    private void askRevoke(ApiKey key) {
        ask(getTranslation("api.revoke.of", key.label()), getTranslation("api.revoke.effect"), "error", () -> {
            keys.revoke(actor.get(), key.id());
            Toast.done(getTranslation("api.revoked"));
            refresh();
        });
    }

    private void ask(String title, String effect, String theme, Runnable deed) {
        var confirm = new ConfirmDialog();
        confirm.setHeader(title);
        confirm.setText(effect);
        confirm.setCancelable(true);
        confirm.setCancelText(getTranslation("uikit.cancel"));
        confirm.setConfirmText(title);
        confirm.setConfirmButtonTheme(theme);
        confirm.addConfirmListener(event -> deed.run());
        confirm.open();
    }

    private MerchantId merchant() {
        return Objects.requireNonNull(merchant, "not entered yet");
    }

    @Override
    public String getPageTitle() {
        return getTranslation("api.title");
    }
}
