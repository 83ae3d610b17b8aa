package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A merchant's promotions: what runs, what will, what is over, and the switch that stops one everywhere at once. */
@Route("merchant/codes/promotions")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class PromotionsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient Promotions promotions;
    private final transient Access access;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final ChosenStore chosen;
    private final Div body = new Div();
    private @Nullable Store store;

    PromotionsView(Promotions promotions, ChosenStore chosen, Access access, CurrentActor actor, Clock clock) {
        this.promotions = promotions;
        this.chosen = chosen;
        this.access = access;
        this.actor = actor;
        this.clock = clock;
        addClassName("zg-page");
        body.addClassName("zg-stack");
        var back = new Anchor("/merchant/codes", getTranslation("promotions.back"));
        back.addClassName("zg-link");
        add(new PageHeader(getTranslation("promotions.title")).aside(back), body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        store = chosen.of(event.getLocation()).orElse(null);
        show();
    }

    private void show() {
        body.removeAll();
        var of = store;
        if (of == null) {
            body.add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
            return;
        }
        var all = promotions.list(actor.get(), of.merchantId());
        if (all.isEmpty()) {
            body.add(
                    mayManage(of)
                            ? new EmptyState(
                                    getTranslation("promotions.empty"),
                                    getTranslation("promotions.empty.text"),
                                    newButton(of))
                            : new EmptyState(
                                    getTranslation("promotions.empty"), getTranslation("promotions.empty.ask")));
            return;
        }
        if (mayManage(of)) {
            body.add(newButton(of));
        }
        Map<StoreId, Store> stores = chosen.all().stream().collect(Collectors.toMap(Store::id, Function.identity()));
        all.forEach(promotion -> body.add(card(of, promotion, stores)));
    }

    private Button newButton(Store of) {
        var button = new Button(
                getTranslation("promotions.new"),
                Glyph.PLUS.icon(),
                click -> new PromotionDialog(
                                chosen.all().stream()
                                        .filter(it -> it.merchantId().equals(of.merchantId()))
                                        .toList(),
                                of,
                                time(of),
                                wish -> promotions.start(actor.get(), wish),
                                started -> {
                                    show();
                                    Toast.done(getTranslation(
                                            "promotions.started",
                                            started.promotion().title(),
                                            started.codes().size()));
                                })
                        .open());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private Article card(Store of, Promotion promotion, Map<StoreId, Store> stores) {
        var stage = promotion.stageAt(clock.instant());
        var pill = new StatusPill(
                switch (stage) {
                    case RUNNING -> Meaning.OPEN;
                    case NOT_YET -> Meaning.ATTEND;
                    case OVER -> Meaning.CLOSED;
                    case STOPPED -> Meaning.STOP;
                },
                getTranslation("promotions.stage." + stage));
        var head = new Div(new H2(promotion.title()), pill);
        head.addClassNames("zg-row", "between", "wrap");
        var time = time(of);
        var when = new Div(
                getTranslation("promotions.window", time.moment(promotion.from()), time.moment(promotion.until())));
        when.addClassNames("zg-small", "zg-muted");
        var codes = promotions.codes(actor.get(), promotion.id());
        var where = new Div(codes.stream()
                .map(QrCode::storeId)
                .map(id -> stores.containsKey(id) ? stores.get(id).name() : "")
                .filter(name -> !name.isEmpty())
                .limit(6)
                .collect(Collectors.joining(getTranslation("promotions.and"))));
        if (codes.size() > 6) {
            where.add(getTranslation("promotions.stores.more", codes.size()));
        }
        where.addClassName("zg-small");
        var card = new Article(head, new Div(promotion.discount()), when, where);
        var cap = promotion.cap();
        if (cap != null) {
            var most = new Span(getTranslation("promotions.cap.is", cap.shortText()));
            most.addClassName("zg-tag");
            card.add(most);
        }
        if (mayManage(of) && (stage == Promotion.Stage.RUNNING || stage == Promotion.Stage.NOT_YET)) {
            var stop = new Button(getTranslation("promotions.stop"), click -> askToStop(promotion));
            stop.addClassName("zg-danger");
            stop.setAriaLabel(getTranslation("promotions.stop.label", promotion.title()));
            card.add(stop);
        }
        card.addClassNames("zg-card", "zg-stack", "tight");
        return card;
    }

    private void askToStop(Promotion promotion) {
        var ask = new ConfirmDialog();
        ask.setHeader(getTranslation("promotions.stop.title", promotion.title()));
        ask.setText(getTranslation("promotions.stop.explain"));
        ask.setConfirmText(getTranslation("promotions.stop"));
        ask.setCancelable(true);
        ask.setCancelText(getTranslation("codes.stop.not"));
        ask.addConfirmListener(confirm -> {
            promotions.stop(actor.get(), promotion.id());
            show();
            Toast.done(getTranslation("promotions.stopped", promotion.title()));
        });
        ask.open();
    }

    private boolean mayManage(Store of) {
        var role = access.memberships(actor.get()).get(of.merchantId());
        return role != null && role.covers(Role.MANAGER);
    }

    private HumanTime time(Store of) {
        return new HumanTime(clock, of.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("promotions.title");
    }
}
