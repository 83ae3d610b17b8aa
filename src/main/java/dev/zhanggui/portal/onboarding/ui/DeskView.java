package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.DomListenerRegistration;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.ReviewDesk.CallResult;
import dev.zhanggui.portal.onboarding.ReviewDesk.Dossier;
import dev.zhanggui.portal.onboarding.ReviewDesk.Outcome;
import dev.zhanggui.portal.onboarding.ReviewDesk.Queue;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The review desk: queue left, application in the middle, call and recommendation right. Everything by keyboard; nothing leaves the
 * desk before the one main button says what will happen and is pressed.
 */
@Route("desk/:number?(ZG[0-9-]+)")
@Menu(title = "desk.menu", icon = "desk", order = 30)
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN})
public class DeskView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    static final String NUMBER = "number";

    private static final int LONGEST_REASON = 200;

    /** Keys that act: letters only outside of fields, function keys and Ctrl+Enter everywhere. */
    private static final String KEYS = "/^F[1-4]$/.test(event.key) || (event.ctrlKey && event.key === 'Enter')"
            + " || (!event.ctrlKey && !event.metaKey && !event.altKey && /^[jkarcn]$/i.test(event.key)"
            + " && !/^(INPUT|TEXTAREA)$/.test(event.composedPath()[0].tagName))";

    private final ReviewDesk desk;
    private final Catalogue catalogue;
    private final Inventory inventory;
    private final CurrentActor actor;
    private final Clock clock;
    private final DeskQueuePanel queuePanel;
    private final Div middle = new Div();
    private final Div side = new Div();
    private final Div foot = new Div();
    private final Button main = new Button();
    private final Div hint = new Div();

    private Queue queue = Queue.ALL;
    private @Nullable ApplicationNumber number;
    private @Nullable Open open;
    private @Nullable Registration keys;

    /** The application on the desk and what was decided on it; lives until another one is opened or it changes hands. */
    private record Open(
            Dossier dossier,
            boolean mine,
            DeskDecisions decisions,
            DeskDossierPanel panel,
            DeskFacts facts,
            DeskRecommendPanel recommendation) {}

    /** What the main button does now; no action while it is somebody else's turn. */
    private record Step(String text, String hint, @Nullable Supplier<Outcome> action, String done) {}

    public DeskView(
            ReviewDesk desk,
            Catalogue catalogue,
            Inventory inventory,
            CurrentActor actor,
            LiveUpdates live,
            Clock clock) {
        this.desk = desk;
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.actor = actor;
        this.clock = clock;
        addClassName("desk");
        queuePanel = new DeskQueuePanel(this::filter, this::claimNext);
        middle.addClassName("desk-middle");
        side.addClassName("desk-side");
        foot.addClassName("desk-foot");
        main.addThemeVariants(ButtonVariant.PRIMARY);
        main.addClassNames("zg-wide", "desk-main");
        hint.addClassNames("zg-small", "zg-faint", "desk-hint");
        main.addClickListener(click -> act());
        add(queuePanel, middle, side, foot);
        live.subscribe(this, ApplicationLiveUpdates.QUEUE, this::followed);
    }

    @Override
    public String getPageTitle() {
        return number == null ? getTranslation("desk.title") : number.value();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        number = event.getRouteParameters()
                .get(NUMBER)
                .flatMap(ApplicationNumber::parse)
                .orElse(null);
        open = null;
        render();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        DomListenerRegistration registration = event.getUI()
                .getElement()
                .addEventListener(
                        "keydown",
                        pressed -> key(
                                pressed.getEventData().get("event.key").asString(),
                                pressed.getEventData().get("event.ctrlKey").asBoolean()));
        registration
                .addEventData("event.key")
                .addEventData("event.ctrlKey")
                .setFilter(KEYS)
                .preventDefault();
        keys = registration;
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (keys != null) {
            keys.remove();
            keys = null;
        }
    }

    // ---- showing

    private void render() {
        setClassName("with-application", number != null);
        showQueue();
        middle.removeAll();
        side.removeAll();
        if (number == null) {
            open = null;
            middle.add(new EmptyState(getTranslation("desk.empty"), getTranslation("desk.empty.text")));
        } else {
            show(number);
        }
        showFoot();
    }

    private void show(ApplicationNumber wanted) {
        Dossier dossier;
        try {
            dossier = desk.dossier(who(), wanted);
        } catch (NotFoundException unknown) {
            open = null;
            middle.add(
                    new EmptyState(getTranslation("desk.unknown", wanted.value()), getTranslation("desk.empty.text")));
            return;
        }
        var application = dossier.application();
        boolean mine = desk.queue(who(), Queue.MINE).stream()
                .anyMatch(row -> row.number().equals(wanted));
        var before = open;
        boolean same = before != null
                && before.dossier().application().number().equals(wanted)
                && before.dossier().application().submission() == application.submission();
        var decisions =
                same && before != null ? before.decisions() : new DeskDecisions(DeskGroup.all(application.branch()));
        var recommendation =
                same && before != null ? before.recommendation() : new DeskRecommendPanel(stock(), this::showMain);
        var facts = same && before != null
                ? before.facts()
                : new DeskFacts(application, dossier.facts(), this::factsChanged);
        facts.readOnly(!mine || !advises(application.state()));
        var panel = new DeskDossierPanel(dossier, decisions, mine, reader(wanted), words(), this::showMain);
        open = new Open(dossier, mine, decisions, panel, facts, recommendation);
        middle.add(panel);
        side.add(new DeskCallPanel(dossier, facts, who().label(), mine, words(), this::callEnded));
        if (mine && advises(application.state())) {
            side.add(new Section(getTranslation("desk.recommend"), recommendation));
        }
        var bottom = new Div(main, hint);
        bottom.addClassName("bottom");
        if (mine) {
            bottom.add(otherWays(wanted, application.state()));
        }
        side.add(bottom);
        judge();
    }

    private void showQueue() {
        queuePanel.show(queue, desk.queue(who(), queue), number, words());
    }

    private void judge() {
        if (open != null) {
            open.recommendation()
                    .update(catalogue.recommend(
                            open.facts().needs(open.dossier().application())));
            showMain();
        }
    }

    private void factsChanged() {
        judge();
        var now = open;
        if (now != null && now.mine() && advises(now.dossier().application().state())) {
            attempt(() -> desk.note(
                            who(),
                            now.dossier().application().number(),
                            now.facts().facts()))
                    .filter(outcome -> !(outcome instanceof Outcome.Done))
                    .ifPresent(outcome -> tell(Optional.of(outcome), ""));
        }
    }

    private void showMain() {
        var step = step();
        main.setVisible(step.isPresent());
        step.ifPresent(now -> {
            main.setText(now.text());
            main.setEnabled(now.action() != null);
        });
        hint.setText(step.map(Step::hint).orElse(""));
    }

    private void showFoot() {
        foot.removeAll();
        for (var key : List.of("J K", "A", "R", "C", "N", "F1–F4", "Ctrl ↵")) {
            var caps = new Span();
            for (var cap : key.split(" ")) {
                var one = new Span(cap);
                one.addClassName("desk-key");
                caps.add(one);
            }
            var word =
                    new Span(getTranslation("desk.key." + key.substring(0, 1) + (key.startsWith("Ctrl") ? "trl" : "")));
            foot.add(new Span(caps, word));
        }
        if (open != null && open.mine() && open.dossier().application().claimedUntil() != null) {
            var until = new Span(getTranslation(
                    "desk.lease", words().moment(open.dossier().application().claimedUntil())));
            until.addClassName("lease");
            foot.add(until);
        }
    }

    /** What comes next with the open application, in one button. */
    private Optional<Step> step() {
        var now = open;
        if (now == null) {
            return Optional.empty();
        }
        var application = now.dossier().application();
        var at = application.number();
        if (application.state().turn() == ApplicationState.Turn.NOBODY) {
            return Optional.empty();
        }
        if (application.state().turn() == ApplicationState.Turn.APPLICANT) {
            return Optional.of(
                    new Step(getTranslation("desk.step.theirs"), getTranslation("desk.step.theirs.hint"), null, ""));
        }
        if (!now.mine()) {
            if (application.state() == ApplicationState.APPEALED
                    && (now.dossier().barred() || !judges())) {
                return Optional.of(new Step(
                        getTranslation("desk.step.claim"),
                        getTranslation(now.dossier().barred() ? "desk.step.appeal.fourEyes" : "desk.step.appeal.who"),
                        null,
                        ""));
            }
            return Optional.of(
                    application.claimedBy() == null
                            ? new Step(
                                    getTranslation("desk.step.claim"),
                                    getTranslation("desk.step.claim.hint"),
                                    () -> desk.claim(who(), at),
                                    getTranslation("desk.done.claim"))
                            : new Step(
                                    getTranslation("desk.heldBy", application.claimedBy()),
                                    getTranslation("desk.step.held.hint"),
                                    null,
                                    ""));
        }
        var fixes = now.decisions().fixes();
        if (!fixes.isEmpty() && application.state().canMoveTo(ApplicationState.NEEDS_FIX)) {
            return Optional.of(new Step(
                    getTranslation("desk.step.fix", fixes.size()),
                    getTranslation("desk.step.fix.hint"),
                    () -> desk.askForFix(who(), at, fixes),
                    getTranslation("desk.done.fix")));
        }
        return switch (application.state()) {
            case SUBMITTED ->
                Optional.of(new Step(
                        getTranslation("desk.step.claim"),
                        getTranslation("desk.step.claim.hint"),
                        () -> desk.claim(who(), at),
                        getTranslation("desk.done.claim")));
            case CALL_SCHEDULED ->
                Optional.of(
                        new Step(getTranslation("desk.step.call"), getTranslation("desk.step.call.hint"), null, ""));
            case VERIFYING -> Optional.of(recommendStep(now, at));
            case OFFER_ACCEPTED -> Optional.of(approveStep(now, at));
            case APPEALED ->
                Optional.of(new Step(
                        getTranslation("desk.step.reopen"),
                        getTranslation("desk.step.reopen.hint"),
                        () -> desk.reopen(who(), at),
                        getTranslation("desk.done.reopen")));
            case DRAFT, NEEDS_FIX, RECOMMENDED, APPROVED, REJECTED, WITHDRAWN, EXPIRED -> Optional.empty();
        };
    }

    private Step approveStep(Open now, ApplicationNumber at) {
        var text = getTranslation("desk.step.approve");
        if (!judges()) {
            return new Step(text, getTranslation("desk.step.approve.who"), null, "");
        }
        if (now.dossier().barred()) {
            return new Step(text, getTranslation("desk.step.approve.fourEyes"), null, "");
        }
        return new Step(
                text,
                getTranslation("desk.step.approve.hint"),
                () -> desk.approve(who(), at),
                getTranslation("desk.done.approve"));
    }

    private boolean judges() {
        return who().has(Role.REVIEWER) || who().has(Role.ADMIN);
    }

    private Step recommendStep(Open now, ApplicationNumber at) {
        var chosen = now.recommendation().chosen();
        var reasons = now.recommendation().reasons();
        if (chosen.isEmpty() || reasons.isEmpty()) {
            return new Step(
                    getTranslation("desk.step.recommend.none"), getTranslation("desk.step.recommend.reason"), null, "");
        }
        var model = chosen.get().model();
        return new Step(
                getTranslation("desk.step.recommend", model.name().in(getLocale())),
                getTranslation(
                        "desk.step.recommend.hint", model.prices().firstYear().shortText()),
                () -> desk.recommend(who(), at, model.id(), reasons),
                getTranslation("desk.done.recommend"));
    }

    // ---- acting

    /** A key was pressed; also what the tests press. */
    void key(String key, boolean ctrl) {
        var now = open;
        if (ctrl) {
            act();
            return;
        }
        if (key.equalsIgnoreCase("n")) {
            claimNext();
            return;
        }
        if (now == null) {
            return;
        }
        switch (key.toLowerCase(Locale.ROOT)) {
            case "j" -> move(now, 1);
            case "k" -> move(now, -1);
            case "a" ->
                now.panel().current(now.decisions()).ifPresent(row -> {
                    row.pass();
                    move(now, 1);
                });
            case "r" -> now.panel().current(now.decisions()).ifPresent(DeskRow::giveBack);
            case "c" -> now.facts().focusFirst();
            case "f1", "f2", "f3", "f4" -> callEnded(CallResult.values()[key.charAt(1) - '1']);
            default -> {}
        }
    }

    private static void move(Open now, int steps) {
        now.decisions().move(steps);
        now.panel().refresh();
    }

    private void act() {
        step().ifPresent(step -> {
            if (step.action() != null) {
                done(step.action(), step.done());
            }
        });
    }

    private void callEnded(CallResult result) {
        var now = open;
        if (now != null && now.mine() && now.dossier().application().state() == ApplicationState.CALL_SCHEDULED) {
            done(
                    () -> desk.recordCall(
                            who(),
                            now.dossier().application().number(),
                            result,
                            now.facts().notes()),
                    getTranslation("desk.done.call." + result));
        }
    }

    private void claimNext() {
        for (var row : desk.queue(who(), Queue.FREE)) {
            var outcome = attempt(() -> desk.claim(who(), row.number()));
            if (outcome.filter(Outcome.Done.class::isInstance).isPresent()) {
                tell(outcome, getTranslation("desk.done.claim"));
                getUI().ifPresent(ui -> ui.navigate(
                        DeskView.class, new RouteParameters(NUMBER, row.number().value())));
                return;
            }
        }
        Toast.done(getTranslation("desk.queue.none.FREE"));
    }

    private void filter(Queue chosen) {
        queue = chosen;
        showQueue();
    }

    /** Somebody changed some application: what is typed here stays. */
    private void followed() {
        if (actor.find().isPresent()) {
            showQueue();
        }
    }

    private void done(Supplier<Outcome> action, String words) {
        tell(attempt(action), words);
        render();
    }

    private Optional<Outcome> attempt(Supplier<Outcome> action) {
        try {
            return Optional.of(action.get());
        } catch (LostUpdateException changed) {
            Toast.failed(getTranslation("desk.changed"), getTranslation("desk.changed.todo"));
            return Optional.empty();
        }
    }

    private void tell(Optional<Outcome> outcome, String words) {
        outcome.ifPresent(result -> {
            switch (result) {
                case Outcome.Done _ -> Toast.done(words);
                case Outcome.NotNow(var state) ->
                    Toast.failed(
                            getTranslation("desk.changed"),
                            getTranslation("desk.notNow", getTranslation("desk.state." + state)));
                case Outcome.HeldBy(var nickname, var until) ->
                    Toast.failed(
                            getTranslation("desk.heldBy", nickname),
                            getTranslation("desk.heldBy.until", words().moment(until)));
                case Outcome.ClaimFirst() ->
                    Toast.failed(getTranslation("desk.claimFirst"), getTranslation("desk.claimFirst.todo"));
                case Outcome.FourEyes(var by) ->
                    Toast.failed(getTranslation("desk.fourEyes"), getTranslation("desk.fourEyes.todo", by));
                case Outcome.ForReviewers() ->
                    Toast.failed(getTranslation("desk.forReviewers"), getTranslation("desk.step.appeal.who"));
                case Outcome.ReasonMissing() ->
                    Toast.failed(getTranslation("desk.reasonMissing"), getTranslation("desk.reasonMissing.todo"));
                case Outcome.UnknownModel(var model) ->
                    Toast.failed(getTranslation("desk.unknownModel"), model.value());
                case Outcome.NotEligible(var reasons) ->
                    Toast.failed(
                            getTranslation("desk.notEligible"),
                            String.join(
                                    getTranslation("desk.comma"),
                                    reasons.stream()
                                            .map(reason ->
                                                    getTranslation("onboarding.rule." + reason.rule() + ".refused"))
                                            .toList()));
            }
        });
    }

    /** The ways that are not the main one: give it back to the queue, take an offer back, refuse. */
    private Div otherWays(ApplicationNumber at, ApplicationState state) {
        var links = new Div();
        links.addClassNames("zg-row", "between", "wrap");
        var ways = new Div(links);
        ways.addClassName("desk-refusal");
        links.add(quiet(
                "desk.release", () -> done(() -> desk.release(who(), at), getTranslation("desk.done.release"))));
        if (state == ApplicationState.RECOMMENDED) {
            var form = reasoned(
                    "desk.takeBack.reason",
                    "desk.takeBack.confirm",
                    "desk.done.takeBack",
                    reason -> desk.takeBack(who(), at, reason));
            links.add(quiet("desk.takeBack", () -> open(form)));
            ways.add(form);
        }
        if (state.canMoveTo(ApplicationState.REJECTED)) {
            boolean appeal = state == ApplicationState.APPEALED;
            var form = reasoned(
                    "desk.refuse.reason",
                    appeal ? "desk.uphold.confirm" : "desk.refuse.confirm",
                    "desk.done.refuse",
                    reason -> desk.reject(who(), at, null, reason));
            links.add(quiet(appeal ? "desk.uphold" : "desk.refuse", () -> open(form)));
            ways.add(form);
        }
        return ways;
    }

    private Button quiet(String text, Runnable action) {
        var button = new Button(getTranslation(text), click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    private Div reasoned(String label, String confirm, String words, Function<String, Outcome> action) {
        var reason = new TextField(getTranslation(label));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        var button = new Button(
                getTranslation(confirm),
                click -> done(() -> action.apply(reason.getValue().strip()), getTranslation(words)));
        button.addClassName("zg-danger");
        var form = new Div(reason, button);
        form.addClassName("zg-stack");
        form.setVisible(false);
        return form;
    }

    private static void open(Div form) {
        form.setVisible(!form.isVisible());
    }

    // ---- reading

    private DeskDossierPanel.Reader reader(ApplicationNumber at) {
        var reading = who();
        return new DeskDossierPanel.Reader() {
            @Override
            public String unmask(Field field, String reason) {
                return desk.unmask(who(), at, field, reason);
            }

            @Override
            public Image photo(DocumentKind kind) {
                // Fetched by the browser in a request of its own: the reader is who opened the page.
                var handler = DownloadHandler.fromInputStream(event -> {
                    var content = desk.document(reading, at, kind);
                    return new DownloadResponse(
                            new ByteArrayInputStream(content.bytes()),
                            kind.name().toLowerCase(Locale.ROOT),
                            content.mediaType(),
                            content.bytes().length);
                });
                return new Image(handler.inline(), Labels.part(DeskView.this, kind));
            }
        };
    }

    private static boolean advises(ApplicationState state) {
        return state == ApplicationState.CALL_SCHEDULED || state == ApplicationState.VERIFYING;
    }

    private Map<ModelId, Integer> stock() {
        return inventory.inStock(who());
    }

    private Actor who() {
        return actor.get();
    }

    private HumanTime words() {
        return new HumanTime(clock, HumanTime.CHINA, getLocale());
    }
}
