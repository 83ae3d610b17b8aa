package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.SecretDialog;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryId;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the merchant's own systems hear of events, and what was sent to them. The address carries the endpoint looked at, the
 * state filtered by and the text searched for.
 */
@Route("merchant/webhooks")
@Menu(title = "webhook.menu", order = 19, icon = "settings")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER})
class WebhooksView extends Div implements BeforeEnterObserver, HasDynamicTitle, EndpointCard.Deeds {

    private static final String ENDPOINT = "endpoint";
    private static final String STATE = "state";
    private static final String TEXT = "text";

    /** As long as a code's URL may be. */
    private static final int TEXT_MOST = 200;

    private final transient Webhooks webhooks;
    private final transient ChosenStore stores;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient Clock clock;
    private final transient HumanTime times;

    private final PageHeader header;
    private final Button add = new Button();
    private final Div cards = new Div();
    private final Div log = new Div();
    private final Set<DeliveryId> opened = new HashSet<>();
    private @Nullable Registration following;
    private @Nullable MerchantId merchant;
    private @Nullable Endpoint chosen;
    private @Nullable DeliveryState state;
    private String text = "";
    private int pages = 1;

    WebhooksView(Webhooks webhooks, ChosenStore stores, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.webhooks = webhooks;
        this.stores = stores;
        this.actor = actor;
        this.live = live;
        this.clock = clock;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassNames("zg-page", "wide");
        add.setText(getTranslation("webhook.add"));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.addClickListener(click -> create());
        header = new PageHeader(getTranslation("webhook.title"))
                .subtitle(getTranslation("webhook.about"))
                .aside(add);
        cards.addClassName("zg-stack");
        var columns = new Div(cards, log);
        columns.addClassName("zg-webhook-columns");
        add(header, columns);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var store = stores.of(event.getLocation()).orElseThrow(() -> new NotFoundException("store"));
        var query = event.getLocation().getQueryParameters();
        var named = query.getSingleParameter(ENDPOINT).map(id -> webhooks.endpointByPublicId(actor.get(), id));
        merchant = named.map(Endpoint::merchantId).orElse(store.merchantId());
        state = query.getSingleParameter(STATE).flatMap(WebhooksView::state).orElse(null);
        text = query.getSingleParameter(TEXT).orElse("");
        chosen = named.orElse(null);
        pages = 1;
        opened.clear();
        if (following != null) {
            following.remove();
        }
        following = live.subscribe(this, WebhookLiveUpdates.topic(merchant), this::follow);
        refresh();
    }

    /** A page that is still open after its person left hears of changes for a moment. */
    private void follow() {
        if (actor.find().isPresent()) {
            refresh();
        }
    }

    private void refresh() {
        var all = webhooks.endpoints(actor.get(), shop());
        var before = chosen;
        var now = all.stream()
                .filter(it -> before != null && it.id().equals(before.id()))
                .findFirst()
                .or(() -> all.stream().findFirst());
        chosen = now.orElse(null);
        add.setVisible(!all.isEmpty());
        add.setEnabled(all.size() < Webhooks.ENDPOINTS_MOST);
        cards.removeAll();
        log.removeAll();
        if (now.isEmpty()) {
            var first = new Button(getTranslation("webhook.add"), click -> create());
            first.addThemeVariants(ButtonVariant.PRIMARY);
            cards.add(new EmptyState(getTranslation("webhook.empty"), getTranslation("webhook.empty.todo"), first));
            return;
        }
        all.forEach(
                it -> cards.add(new EndpointCard(it, it.id().equals(now.get().id()), times, this)));
        log.add(deliveries(now.get()));
    }

    private Component deliveries(Endpoint endpoint) {
        var section = new Section(getTranslation("webhook.deliveries"), search(), filters());
        var list = new Div();
        list.addClassNames("zg-card", "zg-rows");
        var wanted = new Webhooks.Wanted(state, eventOrText());
        DeliveryId last = null;
        boolean more = true;
        for (int page = 0; page < pages && more; page++) {
            var found = webhooks.deliveries(actor.get(), endpoint.id(), wanted, last);
            found.forEach(it -> list.add(row(it)));
            more = found.size() == Webhooks.PAGE;
            last = found.isEmpty() ? last : found.getLast().id();
        }
        if (list.getComponentCount() == 0) {
            var which = state != null || !text.isEmpty() ? "none" : endpoint.isActive() ? "empty" : "stopped";
            section.add(new EmptyState(
                    getTranslation("webhook.deliveries." + which),
                    getTranslation("webhook.deliveries." + which + ".todo")));
            return section;
        }
        if (state == DeliveryState.STOPPED && text.isEmpty() && endpoint.isActive()) {
            section.add(new Button(getTranslation("webhook.replayAll"), click -> askReplayAll(endpoint)));
        }
        section.add(list);
        if (more) {
            section.add(new Button(getTranslation("webhook.more"), click -> {
                pages++;
                refresh();
            }));
        }
        return section;
    }

    private Component search() {
        var field = new TextField();
        field.setId("webhook-search");
        field.setLabel(getTranslation("webhook.search"));
        field.setPlaceholder(getTranslation("webhook.search.example"));
        field.setPrefixComponent(Glyph.SEARCH.icon());
        field.setClearButtonVisible(true);
        field.setMaxLength(TEXT_MOST);
        field.setValue(text);
        field.addClassName("zg-wide");
        field.addValueChangeListener(change -> {
            text = change.getValue().strip();
            go(chosen, state);
        });
        return field;
    }

    /** People write an event as the page does. */
    private String eventOrText() {
        return Arrays.stream(EventType.values())
                .filter(it -> getTranslation("webhook.event." + it).equalsIgnoreCase(text))
                .findFirst()
                .map(EventType::text)
                .orElse(text);
    }

    private Component filters() {
        var chips = new Div();
        chips.addClassName("zg-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", getTranslation("webhook.filter"));
        chips.add(chip(getTranslation("webhook.filter.all"), null));
        for (var it : List.of(DeliveryState.DELIVERED, DeliveryState.WAITING, DeliveryState.STOPPED)) {
            chips.add(chip(getTranslation("webhook.delivery." + it), it));
        }
        return chips;
    }

    private Component chip(String text, @Nullable DeliveryState wanted) {
        var chip = new NativeButton(text, click -> go(chosen, wanted));
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(wanted == state));
        return chip;
    }

    private Component row(Delivery delivery) {
        return new DeliveryRow(
                delivery,
                times,
                opened.contains(delivery.id()),
                it -> webhooks.attempts(actor.get(), it.id()),
                open -> {
                    if (open) {
                        opened.add(delivery.id());
                    } else {
                        opened.remove(delivery.id());
                    }
                },
                () -> tell(webhooks.replay(actor.get(), delivery.id()), "webhook.replayed"));
    }

    private void tell(SendOutcome outcome, String done) {
        switch (outcome) {
            case SendOutcome.Queued queued -> Toast.done(getTranslation(done));
            case SendOutcome.EndpointStopped stopped ->
                Toast.failed(getTranslation("webhook.isStopped"), getTranslation("webhook.isStopped.todo"));
        }
        refresh();
    }

    private void askReplayAll(Endpoint endpoint) {
        new ReplayDialog(back -> {
                    int sent = webhooks.replayStopped(
                            actor.get(), endpoint.id(), clock.instant().minus(back));
                    Toast.done(getTranslation("webhook.replayAll.done", sent));
                    refresh();
                })
                .open();
    }

    private void create() {
        new EndpointDialog(null, draft -> webhooks.create(actor.get(), shop(), draft), outcome -> {
                    if (outcome instanceof EndpointOutcome.Created(var made, var secret)) {
                        chosen = made;
                        refresh();
                        show(secret);
                    }
                })
                .open();
    }

    @Override
    public void choose(Endpoint endpoint) {
        text = "";
        go(endpoint, null);
    }

    @Override
    public void ping(Endpoint endpoint) {
        chosen = endpoint;
        state = null;
        text = "";
        tell(webhooks.ping(actor.get(), endpoint.id()), "webhook.ping.sent");
    }

    @Override
    public void edit(Endpoint endpoint) {
        new EndpointDialog(endpoint, draft -> change(endpoint, draft, endpoint.isActive()), outcome -> refresh())
                .open();
    }

    @Override
    public void rotate(Endpoint endpoint) {
        ask(getTranslation("webhook.rotate"), getTranslation("webhook.rotate.effect"), false, () -> {
            var secret = webhooks.rotateSecret(actor.get(), endpoint.id());
            refresh();
            show(secret);
        });
    }

    @Override
    public void stop(Endpoint endpoint) {
        ask(
                getTranslation("webhook.stop.of", endpoint.host()),
                getTranslation("webhook.stop.effect"),
                true,
                () -> switched(endpoint, false));
    }

    @Override
    public void start(Endpoint endpoint) {
        switched(endpoint, true);
        Toast.done(getTranslation("webhook.started"));
    }

    @Override
    public void delete(Endpoint endpoint) {
        ask(getTranslation("webhook.delete.of", endpoint.host()), getTranslation("webhook.delete.effect"), true, () -> {
            webhooks.delete(actor.get(), endpoint.id());
            chosen = null;
            refresh();
        });
    }

    private void show(String secret) {
        new SecretDialog(
                        "webhook-secret",
                        getTranslation("webhook.secret.title"),
                        getTranslation("webhook.secret.once"),
                        secret)
                .open();
    }

    private void switched(Endpoint endpoint, boolean active) {
        change(endpoint, new EndpointDraft(endpoint.url(), endpoint.description(), endpoint.events()), active);
        refresh();
    }

    private EndpointOutcome change(Endpoint endpoint, EndpointDraft draft, boolean active) {
        return webhooks.change(actor.get(), endpoint.id(), endpoint.version(), draft, active);
    }

    private void ask(String title, String effect, boolean ends, Runnable deed) {
        var confirm = new ConfirmDialog();
        confirm.setHeader(title);
        confirm.setText(effect);
        confirm.setCancelable(true);
        confirm.setCancelText(getTranslation("uikit.cancel"));
        confirm.setConfirmText(title);
        confirm.setConfirmButtonTheme(ends ? "error" : "primary");
        confirm.addConfirmListener(event -> deed.run());
        confirm.open();
    }

    private void go(@Nullable Endpoint endpoint, @Nullable DeliveryState wanted) {
        Map<String, String> query = new LinkedHashMap<>();
        if (endpoint != null) {
            query.put(ENDPOINT, endpoint.publicId());
        }
        if (wanted != null) {
            query.put(STATE, wanted.name());
        }
        if (!text.isEmpty()) {
            query.put(TEXT, text);
        }
        getUI().ifPresent(ui -> ui.navigate(WebhooksView.class, QueryParameters.simple(query)));
    }

    private MerchantId shop() {
        if (merchant == null) {
            throw new IllegalStateException("not entered yet");
        }
        return merchant;
    }

    private static Optional<DeliveryState> state(String text) {
        return Arrays.stream(DeliveryState.values())
                .filter(it -> it.name().equals(text))
                .findFirst();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("webhook.title");
    }
}
