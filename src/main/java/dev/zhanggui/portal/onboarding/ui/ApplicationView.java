package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.AcceptOutcome;
import dev.zhanggui.portal.onboarding.AppealOutcome;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.Question;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.onboarding.WithdrawOutcome;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page an applicant returns to: whose turn it is, by when, what happened, and whatever there is to do now. */
@Route("application/:number")
@RolesAllowed(Role.Names.APPLICANT)
public class ApplicationView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final String PARAMETER = "number";

    private final transient Applications applications;
    private final transient Orders orders;
    private final transient Terminals terminals;
    private final transient Activations activations;
    private final transient CurrentActor currentActor;
    private final transient LiveUpdates updates;
    private final transient Clock clock;

    private transient @Nullable ApplicationNumber number;
    private transient @Nullable Registration subscription;
    /** What is shown now: a page that would look the same is not built again, so that nothing half-typed is lost. */
    private transient @Nullable Shown shown;

    private transient @Nullable ActivationPanel activation;

    /** Everything the page says, read in one go. */
    private record Shown(Timeline timeline, @Nullable Order order, List<Order.Event> events, boolean active) {

        Application application() {
            return timeline.application();
        }

        Optional<Stage> stage() {
            return Stage.of(application().state(), order == null ? null : order.state(), active);
        }
    }

    public ApplicationView(
            Applications applications,
            Orders orders,
            Terminals terminals,
            Activations activations,
            CurrentActor currentActor,
            LiveUpdates updates,
            Clock clock) {
        this.applications = applications;
        this.orders = orders;
        this.terminals = terminals;
        this.activations = activations;
        this.currentActor = currentActor;
        this.updates = updates;
        this.clock = clock;
        addClassNames("zg-page", "zg-application");
    }

    static RouteParameters at(ApplicationNumber number) {
        return new RouteParameters(new RouteParam(PARAMETER, number.value()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getRouteParameters().get(PARAMETER).flatMap(ApplicationNumber::parse);
        var found = asked.orElseThrow(() -> new NotFoundException("application"));
        number = found;
        shown = null;
        activation = null;
        refresh();
        if (subscription != null) {
            subscription.remove();
        }
        subscription = updates.subscribe(this, ApplicationLiveUpdates.topic(found), this::refresh);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("onboarding.timeline.title");
    }

    private void refresh() {
        var now = read();
        if (!now.equals(shown)) {
            shown = now;
            build(now);
        }
    }

    private Shown read() {
        var actor = currentActor.get();
        var timeline = applications.timeline(actor, number());
        var application = timeline.application();
        var store = application.store();
        if (store == null) {
            return new Shown(timeline, null, List.of(), false);
        }
        var order = orders.byReference(actor, application.number().value());
        return new Shown(
                timeline,
                order.orElse(null),
                order.map(found -> orders.events(actor, found.id())).orElse(List.of()),
                !terminals.list(actor, store).isEmpty());
    }

    private void build(Shown now) {
        removeAll();
        var application = now.application();
        var time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        add(new PageHeader(application.right(Field.STORE_NAME).orElse(getTranslation("onboarding.timeline.title")))
                .subtitle(getTranslation("onboarding.timeline.number", application.number()))
                .aside(pill(now)));
        add(new TurnCard(now.timeline(), now.order(), now.active(), time));
        if (now.active()) {
            add(
                    new Note(
                            Meaning.OPEN,
                            getTranslation("onboarding.merchant.title"),
                            getTranslation("onboarding.merchant.text")),
                    link("onboarding.merchant.go", "merchant", true));
        }
        fixes(application);
        var call = now.timeline().call();
        if (call != null) {
            add(new CallCard(call));
        }
        parcel(now, time);
        if (application.state() == ApplicationState.APPROVED && !now.active()) {
            now.stage().filter(stage -> stage == Stage.ACTIVATE).ifPresent(stage -> add(activationPanel(time)));
        }
        var offer = now.timeline().offer();
        if (offer != null && application.state() == ApplicationState.RECOMMENDED) {
            add(new MoneyCard(offer, time), signPanel(offer));
        }
        add(new Section(
                getTranslation("onboarding.timeline.where"),
                new WayList(now.timeline(), now.order(), now.events(), now.stage(), time)));
        if (offer != null && offer.acceptedAt() != null) {
            add(signed(offer, time));
        }
        ending(now);
    }

    // ---- parts

    private StatusPill pill(Shown now) {
        var application = now.application();
        if (now.active()) {
            return new StatusPill(Meaning.OPEN, getTranslation("onboarding.state.ACTIVE"));
        }
        var meaning = switch (application.state()) {
            case DRAFT, NEEDS_FIX, RECOMMENDED -> Meaning.ATTEND;
            case SUBMITTED, CALL_SCHEDULED, VERIFYING, OFFER_ACCEPTED, APPEALED, WITHDRAWN, EXPIRED -> Meaning.CLOSED;
            case APPROVED -> Meaning.OPEN;
            case REJECTED -> Meaning.STOP;
        };
        return new StatusPill(meaning, getTranslation("onboarding.state." + application.state()));
    }

    private void fixes(Application application) {
        for (var fix : application.fixes()) {
            var card = new Div();
            card.addClassNames("zg-card", "zg-stack");
            card.add(new Note(
                    Meaning.ATTEND,
                    getTranslation("onboarding.fix.asked", Labels.part(this, fix.part())),
                    fix.sentence()));
            var go = new Button(
                    getTranslation("onboarding.fix.go", Labels.part(this, fix.part())),
                    click -> getUI().ifPresent(
                                    ui -> ui.navigate(ApplyView.class, ApplyView.at(Question.asking(fix.part())))));
            if (application.fixes().getFirst().equals(fix)) {
                go.addThemeVariants(ButtonVariant.PRIMARY);
            }
            card.add(go);
            add(card);
        }
    }

    private void parcel(Shown now, HumanTime time) {
        var order = now.order();
        if (order == null) {
            return;
        }
        var facts = new Facts()
                .fact(getTranslation("onboarding.parcel.order"), order.number())
                .fact(getTranslation("onboarding.parcel.to"), order.recipientMasked() + " " + order.addressMasked());
        var carrier = order.carrier();
        var tracking = order.trackingNumber();
        if (carrier != null && tracking != null) {
            facts.fact(
                            getTranslation("onboarding.parcel.carrier"),
                            carrier.displayName().in(getLocale()))
                    .fact(getTranslation("onboarding.parcel.tracking"), tracking);
        }
        order.lines().stream()
                .map(Order.Line::serial)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(serial -> facts.fact(getTranslation("onboarding.parcel.serial"), serial.value()));
        var section = new Section(getTranslation("onboarding.parcel.title"), facts)
                .aside(getTranslation("ordering.state." + order.state()));
        if (order.state().isOnTheRoad()) {
            var received = new Button(getTranslation("onboarding.parcel.received"));
            received.addThemeVariants(ButtonVariant.PRIMARY);
            received.addClassName("zg-wide");
            received.setDisableOnClick(true);
            received.addClickListener(click -> confirmReceipt(order));
            var check = new Paragraph(getTranslation("onboarding.parcel.check"));
            check.addClassNames("zg-small", "zg-muted");
            section.add(check, received);
        }
        add(section);
    }

    private void confirmReceipt(Order order) {
        switch (orders.confirmReceipt(currentActor.get(), order.id())) {
            case Orders.ReceiptOutcome.Received() -> Toast.done(getTranslation("onboarding.parcel.thanks"));
            case Orders.ReceiptOutcome.NotNow(var state) ->
                Toast.failed(
                        getTranslation("onboarding.parcel.notNow", getTranslation("ordering.state." + state)),
                        getTranslation("onboarding.parcel.notNow.todo"));
        }
        rebuild();
    }

    private ActivationPanel activationPanel(HumanTime time) {
        var panel = activation;
        if (panel == null) {
            panel = new ActivationPanel(this::activate, this::rebuild, time);
            activation = panel;
        }
        return panel;
    }

    private Activations.Outcome activate(String code, String seat) {
        var store = shown == null ? null : shown.application().store();
        if (store == null) {
            throw new NotFoundException("store of application:" + number);
        }
        return activations.activate(currentActor.get(), code, store, seat);
    }

    private Component signPanel(Offer offer) {
        var agreement = applications.agreement(offer.agreementVersion());
        var panel = new SignPanel(offer, agreement, () -> sign(offer));
        var notNow = new Button(getTranslation("onboarding.withdraw.offer"), click -> withdraw());
        notNow.addThemeVariants(ButtonVariant.TERTIARY);
        panel.add(notNow);
        return panel;
    }

    private void sign(Offer offer) {
        switch (applications.accept(currentActor.get(), number(), offer.quoteSha256(), offer.agreementSha256())) {
            case AcceptOutcome.Accepted accepted -> Toast.done(getTranslation("onboarding.agreement.signed"));
            case AcceptOutcome.Changed changed ->
                Toast.failed(
                        getTranslation("onboarding.agreement.changed"),
                        getTranslation("onboarding.agreement.changed.todo"));
            case AcceptOutcome.NotNow(var state) ->
                Toast.failed(
                        getTranslation("onboarding.notNow", getTranslation("onboarding.state." + state)),
                        getTranslation("onboarding.notNow.todo"));
        }
        rebuild();
    }

    private Component signed(Offer offer, HumanTime time) {
        var acceptedAt = Objects.requireNonNull(offer.acceptedAt());
        var details = new Details(
                getTranslation("onboarding.money.signed", time.moment(acceptedAt)), new MoneyCard(offer, time));
        details.addClassName("zg-wide");
        return details;
    }

    private void ending(Shown now) {
        var application = now.application();
        switch (application.state()) {
            case DRAFT -> add(link("onboarding.continue", "apply", true), withdrawButton());
            case SUBMITTED, CALL_SCHEDULED, VERIFYING, NEEDS_FIX, OFFER_ACCEPTED, APPEALED -> add(withdrawButton());
            case REJECTED -> {
                add(link("onboarding.applyAgain", "apply", true));
                boolean heard =
                        now.timeline().steps().stream().anyMatch(step -> step.to() == ApplicationState.APPEALED);
                if (!heard) {
                    add(new AppealPanel(this::appeal));
                }
            }
            case WITHDRAWN, EXPIRED -> add(link("onboarding.applyAgain", "apply", true));
            case RECOMMENDED, APPROVED -> {}
        }
    }

    private boolean appeal(String reason) {
        boolean appealed = switch (applications.appeal(currentActor.get(), number(), reason)) {
            case AppealOutcome.Appealed _ -> {
                Toast.done(getTranslation("onboarding.appeal.done"));
                yield true;
            }
            case AppealOutcome.ReasonMissing() -> false;
            case AppealOutcome.HeardBefore() -> {
                Toast.failed(getTranslation("onboarding.appeal.heard"), getTranslation("onboarding.appeal.heard.todo"));
                yield true;
            }
            case AppealOutcome.AnotherOpen() -> {
                Toast.failed(
                        getTranslation("onboarding.appeal.another"), getTranslation("onboarding.appeal.another.todo"));
                yield true;
            }
            case AppealOutcome.NotNow(var state) -> {
                Toast.failed(
                        getTranslation("onboarding.notNow", getTranslation("onboarding.state." + state)),
                        getTranslation("onboarding.notNow.todo"));
                yield true;
            }
        };
        if (appealed) {
            rebuild();
        }
        return appealed;
    }

    private Component link(String key, String target, boolean main) {
        var button = new Button(getTranslation(key), click -> getUI().ifPresent(ui -> ui.navigate(target)));
        if (main) {
            button.addThemeVariants(ButtonVariant.PRIMARY);
        }
        button.addClassName("zg-wide");
        return button;
    }

    private Button withdrawButton() {
        var button = new Button(getTranslation("onboarding.withdraw"), click -> withdraw());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        return button;
    }

    /** Names what ends, as every stop does. */
    private void withdraw() {
        var dialog = new ConfirmDialog();
        dialog.setHeader(getTranslation("onboarding.withdraw.ask", number()));
        dialog.setText(getTranslation("onboarding.withdraw.what"));
        dialog.setCancelable(true);
        dialog.setCancelText(getTranslation("onboarding.withdraw.keep"));
        dialog.setConfirmText(getTranslation("onboarding.withdraw.confirm", number()));
        dialog.setConfirmButtonTheme("error");
        dialog.addConfirmListener(confirm -> {
            switch (applications.withdraw(currentActor.get(), number(), null)) {
                case WithdrawOutcome.Withdrawn withdrawn -> Toast.done(getTranslation("onboarding.withdraw.done"));
                case WithdrawOutcome.NotNow(var state) ->
                    Toast.failed(
                            getTranslation("onboarding.notNow", getTranslation("onboarding.state." + state)),
                            getTranslation("onboarding.notNow.todo"));
            }
            rebuild();
        });
        dialog.open();
    }

    private void rebuild() {
        shown = null;
        refresh();
    }

    private ApplicationNumber number() {
        return Objects.requireNonNull(number, "entered without a number");
    }

    /** How an applicant knows that it is us who call. */
    static final class CallCard extends Div {

        CallCard(Timeline.Call call) {
            addClassNames("zg-card", "zg-stack");
            var title = new Span(getTranslation("onboarding.call.title"));
            title.addClassName("zg-strong");
            var agent = new Div(getTranslation("onboarding.call.agent", call.agent()));
            agent.addClassNames("zg-strong", "zg-l");
            var says = new Div(getTranslation("onboarding.call.says"));
            says.addClassNames("zg-small", "zg-muted");
            var who = new Div(agent, says);
            who.addClassName("zg-call-who");
            var digits = new Div();
            digits.addClassName("zg-digits");
            digits.getElement().setAttribute("role", "img");
            digits.getElement().setAttribute("aria-label", getTranslation("onboarding.call.code", call.code()));
            call.code().chars().forEach(digit -> digits.add(new Span(String.valueOf((char) digit))));
            var row = new Div(who, digits);
            row.addClassNames("zg-row", "wrap");
            var never = new Span(getTranslation("onboarding.call.never"));
            never.addClassName("zg-strong");
            var hangUp = new Div(getTranslation("onboarding.call.hangUp"));
            hangUp.addClassNames("zg-small", "zg-muted");
            var words = new Div(never, hangUp);
            words.addClassName("zg-grow");
            var guard = new Div(Glyph.SHIELD.icon(), words);
            guard.addClassNames("zg-row", "top", "zg-call-guard");
            add(title, row, guard);
        }
    }
}
