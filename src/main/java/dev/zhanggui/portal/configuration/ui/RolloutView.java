package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.Rollout.Gates;
import dev.zhanggui.portal.configuration.Rollout.Group;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.Failure;
import dev.zhanggui.portal.configuration.Rollouts.Step;
import dev.zhanggui.portal.configuration.Rollouts.Which;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One rollout, watched live: its groups, what became of their terminals, why some failed, and what a person may do about it. */
@Route("fleet/rollouts/:" + RolloutView.ROLLOUT)
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN, Role.Names.AUDITOR})
class RolloutView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    static final String ROLLOUT = "rollout";

    private static final int AT_ONCE = 30;
    private static final String TURN = "turn";
    private static final String GROUP = "group";
    private static final String CODE = "code";

    private final transient Rollouts rollouts;
    private final transient CurrentActor actors;
    private final transient Clock clock;
    private final transient HumanTime time;
    private final transient RolloutWords words;
    private final transient SyncWords codes;
    private final PageHeader header = new PageHeader("");
    private final StatusPill pill = new StatusPill(Meaning.CLOSED, "");
    private final Div told = new Div();
    private final Div groups = new Div();
    private final Div actions = new Div();
    private final Div change = new Div();
    private final Div reasons = new Div();
    private final Section failing;
    private final Section machines;
    private final Div list = new Div();
    private @Nullable RolloutId id;
    private @Nullable Rollout shown;
    private @Nullable Which which;

    RolloutView(
            Rollouts rollouts,
            IndustryPacks packs,
            Catalogue catalogue,
            CurrentActor actors,
            LiveUpdates live,
            Clock clock) {
        this.rollouts = rollouts;
        this.actors = actors;
        this.clock = clock;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new RolloutWords(this, packs, catalogue, clock, getLocale());
        this.codes = new SyncWords(this, time);
        addClassNames("zg-page", "wide", "zg-fleet", "zg-rollout");
        header.back(new RouterLink("", RolloutsView.class), words.say("title")).aside(pill);
        told.addClassNames("zg-stack", "told");
        told.getElement().setAttribute("aria-live", "polite");
        groups.addClassName("groups");
        actions.addClassName("zg-actions");
        change.addClassName("zg-stack");
        reasons.addClassName("zg-rows");
        list.addClassName("zg-rows");
        failing = new Section(words.say("failures"), reasons);
        machines = new Section(words.say("machines"), list);
        var main = new Div(new Section(words.say("groups"), groups, actions));
        main.addClassNames("zg-stack", "loose");
        var side = new Div(new Section(words.say("change"), change), failing);
        side.addClassNames("zg-stack", "loose");
        var columns = new Div(main, side);
        columns.addClassName("zg-columns");
        add(header, told, columns, machines);
        live.subscribe(this, LiveConfigurations.ROLLOUTS, this::follow);
        live.subscribe(this, LiveConfigurations.FLEET, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var number = event.getRouteParameters().get(ROLLOUT).orElse("");
        var asked = event.getLocation().getQueryParameters();
        id = new RolloutId(longNumber(number).orElseThrow(() -> new NotFoundException("rollout " + number)));
        which = asked.getSingleParameter(TURN)
                .flatMap(name -> Arrays.stream(Turn.values())
                        .filter(it -> it.name().equals(name))
                        .findFirst())
                .map(turn -> new Which(
                        turn,
                        asked.getSingleParameter(GROUP)
                                .flatMap(RolloutView::number)
                                .orElse(null),
                        asked.getSingleParameter(CODE)
                                .flatMap(RolloutView::number)
                                .orElse(null)))
                .orElse(null);
        shown = null;
        show(rollouts.rollout(actors.get(), id));
        fill();
    }

    private static Optional<Long> longNumber(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return longNumber(text).filter(it -> it >= 0 && it <= Short.MAX_VALUE).map(Long::intValue);
    }

    /** Pushed; the person may have signed out in another tab meanwhile. */
    private void follow() {
        if (actors.find().isPresent() && id != null) {
            show(rollouts.rollout(actors.get(), id));
        }
    }

    private void refresh() {
        shown = null;
        follow();
        fill();
    }

    /** Leaves everything as it is while nothing is otherwise, so that nobody loses the place they are at. */
    private void show(Rollout rollout) {
        if (rollout.equals(shown) && !isObserved(rollout)) {
            return;
        }
        shown = rollout;
        header.title(words.title(rollout));
        var decided = rollout.decided();
        header.subtitle(
                decided == null
                        ? words.say(
                                "subtitle.waiting",
                                rollout.proposed().label(),
                                time.moment(rollout.proposed().at()))
                        : words.say(
                                rollout.kind().isProposed() ? "subtitle" : "subtitle.published",
                                rollout.proposed().label(),
                                decided.label(),
                                time.moment(decided.at())));
        pill.show(RolloutWords.meaning(rollout.state()), words.state(rollout));
        told.removeAll();
        tell(rollout);
        groups.removeAll();
        if (rollout.groups().isEmpty()) {
            groups.add(quiet(words.say("planning")));
        }
        rollout.groups().forEach(group -> groups.add(group(rollout, group)));
        actions.removeAll();
        act(rollout);
        change.removeAll();
        showChange(rollout);
        showFailures(rollouts.failures(actors.get(), rollout.id()));
    }

    /** Time passes on this page, though nothing else does. */
    private boolean isObserved(Rollout rollout) {
        return rollout.state() == RolloutState.RUNNING;
    }

    private void tell(Rollout rollout) {
        switch (rollout.state()) {
            case WAITING ->
                told.add(new Note(Meaning.ATTEND, words.say("told.WAITING"), words.say("told.WAITING.what")));
            case HALTED -> told.add(new Note(Meaning.STOP, words.halt(rollout), words.say("told.HALTED.what")));
            case PAUSED, STOPPED, REVERTED, REJECTED ->
                told.add(new Note(
                        rollout.state() == RolloutState.PAUSED ? Meaning.ATTEND : Meaning.CLOSED,
                        words.say("told." + rollout.state(), rollout.by(), time.moment(rollout.since())),
                        words.say("told.said", rollout.said())));
            case SUPERSEDED, WITHDRAWN ->
                told.add(new Note(Meaning.CLOSED, words.say("told." + rollout.state()), null));
            case RUNNING -> {
                if (!rollout.said().isEmpty()) {
                    told.add(quiet(words.say("told.RUNNING", rollout.by(), rollout.said())));
                }
            }
            case DONE -> {
                int waiting = rollout.in(Turn.WAITING);
                told.add(new Note(
                        Meaning.OPEN,
                        words.say("told.DONE", time.moment(rollout.since())),
                        waiting == 0 ? null : words.say("told.DONE.away", words.number(waiting))));
            }
        }
    }

    private static Div quiet(String text) {
        var line = new Div(text);
        line.addClassNames("zg-muted", "zg-small");
        return line;
    }

    // --- groups ---

    private Component group(Rollout rollout, Group group) {
        boolean open = group.openedAt() != null;
        boolean current =
                open && group.number() == rollout.group() && rollout.state().isActive();
        var name = new Span(words.say("group.share", group.share()));
        name.addClassNames("zg-l", "zg-strong");
        var what = new Span(words.say(
                group.passedAt() != null
                        ? "group.passed"
                        : current ? "group.here" : group.number() == 1 ? "group.canary" : "group.next"));
        what.addClassNames("zg-small", "zg-muted");
        var count = new Span(words.say("count", words.number(group.members())));
        count.addClassNames("zg-strong", "zg-money", "zg-nowrap");
        var left = new Div(name, what);
        left.addClassNames("zg-row", "wrap", "name");
        var head = new Div(left, count);
        head.addClassNames("zg-row", "between");
        var shown = new Div(head);
        shown.addClassName("rollout-group");
        shown.setClassName("done", group.passedAt() != null);
        shown.setClassName("current", current);
        shown.setClassName("stopped", current && rollout.state() == RolloutState.HALTED);
        if (open && group.members() > 0) {
            shown.add(band(group), turns(group));
        }
        if (current) {
            shown.add(gates(rollout, group));
        }
        if (group.passedAt() != null) {
            shown.add(quiet(words.say("group.passedAt", time.moment(group.passedAt()))));
        }
        return shown;
    }

    /** One bar, whose parts are as long as their share of the group. */
    private static Svg band(Group group) {
        var parts = new StringBuilder();
        double from = 0;
        for (var turn : List.of(
                Turn.APPLIED,
                Turn.UNCHANGED,
                Turn.SENDING,
                Turn.RESTING,
                Turn.REFUSED,
                Turn.SILENT,
                Turn.DARK,
                Turn.GONE,
                Turn.RETURNED,
                Turn.WAITING)) {
            int count = group.in(turn);
            if (count > 0) {
                // What failed stays visible beside ten thousands.
                double width = Math.max(turn.isFailure() ? 8 : 0, 1000.0 * count / group.members());
                width = Math.min(width, 1000 - from);
                parts.append("<rect class=\"")
                        .append(turn.name().toLowerCase(java.util.Locale.ROOT))
                        .append("\" x=\"")
                        .append(Math.round(from))
                        .append("\" width=\"")
                        .append(Math.max(1, Math.round(width)))
                        .append("\" height=\"10\"/>");
                from += width;
            }
        }
        var band = new Svg(
                "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" + parts + "</svg>");
        band.addClassName("band");
        return band;
    }

    private Component turns(Group group) {
        var turns = new Div();
        turns.addClassName("turns");
        for (var turn : Turn.values()) {
            int count = group.in(turn);
            if (count > 0) {
                var number = new Span(words.number(count));
                number.addClassNames("zg-strong", "zg-money");
                var chip = new NativeButton();
                chip.add(new Span(words.turn(turn)), number);
                chip.addClassNames("turn", RolloutWords.meaning(turn).cssClass());
                chip.setAriaLabel(words.say("open", words.turn(turn), words.number(count)));
                chip.addClickListener(click -> open(new Which(turn, group.number(), null)));
                turns.add(chip);
            }
        }
        return turns;
    }

    private Component gates(Rollout rollout, Group group) {
        var gates = rollouts.gates(actors.get());
        var shown = new Div();
        shown.addClassName("gates");
        int given = group.given();
        double confirmed = given == 0 ? 0 : 10_000.0 * group.confirmed() / given;
        int members = Math.max(1, group.members());
        shown.add(
                gate(
                        confirmed >= gates.confirmed(),
                        false,
                        words.say("gate.confirmed", words.percent(gates.confirmed())),
                        words.say("percent", words.percent(Math.floor(confirmed)))),
                failures("gate.refused", gates.refused(), group.in(Turn.REFUSED), members),
                failures("gate.silent", gates.silent(), group.silent(), members),
                failures("gate.gone", gates.gone(), group.in(Turn.GONE), members));
        var openedAt = Objects.requireNonNull(group.openedAt());
        var left = gates.observe().minus(Duration.between(openedAt, clock.instant()));
        boolean observed = left.isNegative() || left.isZero();
        shown.add(gate(
                observed,
                false,
                words.say("gate.observe", gates.observe().toMinutes()),
                observed ? words.say("gate.observed") : words.say("gate.left", left.toMinutes() + 1)));
        if (rollout.state() == RolloutState.RUNNING && rollout.rate() > 0) {
            shown.add(gate(true, false, words.say("gate.rate"), words.say("rate", words.number(rollout.rate()))));
        }
        return shown;
    }

    private Component failures(String key, int share, int count, int members) {
        boolean fine = count <= Gates.allowed(share, members);
        return gate(
                fine,
                !fine,
                words.say(key, words.percent(share)),
                words.say("percent", words.percent(Math.ceil(10_000.0 * count / members))));
    }

    private Component gate(boolean passed, boolean failed, String what, String value) {
        var text = new Span(what);
        text.addClassName("zg-grow");
        var figure = new Span(value);
        figure.addClassNames("zg-strong", "zg-money", "zg-nowrap");
        var state = new Span(words.say(passed ? "gate.passed" : failed ? "gate.failed" : "gate.waits"));
        state.addClassName("zg-sr");
        var gate = new Div((passed ? Glyph.CHECK : failed ? Glyph.CROSS : Glyph.CLOCK).icon(), state, text, figure);
        gate.addClassNames("gate", "zg-small");
        gate.setClassName("open", passed);
        gate.setClassName("stop", failed);
        return gate;
    }

    // --- what a person may do ---

    private void act(Rollout rollout) {
        if (rollout.state() == RolloutState.WAITING) {
            decide(rollout);
            return;
        }
        for (var step : Step.values()) {
            if (rollouts.may(actors.get(), rollout, step)) {
                var given = words.number(rollout.given());
                var button = new Button(
                        words.say("step." + step, given),
                        click -> new RolloutStepDialog(rollouts, actors::get, words, rollout, step, this::refresh)
                                .open());
                if (step == Step.PAUSE || step == Step.RESUME) {
                    button.addThemeVariants(ButtonVariant.PRIMARY);
                } else {
                    button.addClassName("zg-danger");
                }
                actions.add(button);
            }
        }
    }

    private void decide(Rollout rollout) {
        if (rollouts.mayDecide(actors.get(), rollout)) {
            var approve = new Button(
                    rollout.planned()
                            ? words.say(
                                    "approve.first",
                                    words.number(rollout.groups().getFirst().members()))
                            : words.say("approve"),
                    click -> answer(rollouts.approve(actors.get(), rollout.id()), "approved"));
            approve.addThemeVariants(ButtonVariant.PRIMARY);
            approve.setDisableOnClick(true);
            actions.add(approve, new Button(words.say("reject"), click -> askWhy(rollout)));
        } else if (rollout.proposed().isOf(actors.get())) {
            actions.add(
                    quiet(words.say("own")),
                    new Button(
                            words.say("withdraw"),
                            click -> answer(rollouts.withdraw(actors.get(), rollout.id()), "withdrawn")));
        } else {
            actions.add(quiet(words.say("others")));
        }
    }

    private void askWhy(Rollout rollout) {
        var dialog = new Dialog(words.say("reject.title"));
        dialog.addClassName("zg-dialog");
        var why = new TextArea(words.say("reject.reason"));
        why.setMaxLength(Rollouts.LONGEST_REASON);
        why.setWidthFull();
        var reject = new Button(words.say("reject"), click -> {
            var outcome = rollouts.reject(actors.get(), rollout.id(), why.getValue());
            if (outcome instanceof Ruling.ReasonNeeded) {
                why.setErrorMessage(words.say("step.why.needed"));
                why.setInvalid(true);
                why.focus();
            } else {
                dialog.close();
                answer(outcome, "rejected");
            }
        });
        reject.addClassName("zg-danger");
        dialog.add(new Paragraph(words.say("reject.about")), why);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), reject);
        dialog.open();
        why.focus();
    }

    private void answer(Ruling<Rollout> outcome, String done) {
        switch (outcome) {
            case Ruling.Decided<Rollout> it -> Toast.done(words.say(done));
            case Ruling.NotWaiting<Rollout> it -> Toast.failed(words.say("faster"), words.say("faster.todo"));
            case Ruling.OwnProposal<Rollout> it -> Toast.failed(words.say("own"), "");
            case Ruling.ReasonNeeded<Rollout> it -> Toast.failed(words.say("step.why.needed"), "");
        }
        refresh();
    }

    // --- what changes, and what goes wrong ---

    private void showChange(Rollout rollout) {
        if (rollout.kind() == RolloutKind.SCREEN) {
            var before = new Span(words.shown(rollout.before()));
            before.addClassName("zg-beaten");
            var after = new Span(words.shown(rollout.words()));
            after.addClassName("zg-strong");
            change.add(new Facts().fact(words.say("change.before"), before).fact(words.say("change.after"), after));
        }
        change.add(new Div(words.effect(rollout.kind())));
        switch (rollout.kind()) {
            case CALENDAR -> change.add(link("calendar/" + rollout.detail(), "change.calendar"));
            case PACK -> change.add(link("packs/" + rollout.detail(), "change.pack"));
            case SCREEN, RESEND -> {}
        }
        var facts = new Facts();
        if (!rollout.reason().isEmpty()) {
            facts.fact(words.say("change.reason"), rollout.reason());
        }
        facts.fact(words.say("change.whom"), words.target(rollout.target()));
        facts.fact(
                words.say(rollout.kind().isProposed() ? "change.proposed" : "change.published"),
                who(rollout.proposed().label(), rollout.proposed().at()));
        var decided = rollout.decided();
        if (decided != null && rollout.kind().isProposed()) {
            facts.fact(words.say("change.decided"), who(decided.label(), decided.at()));
        }
        change.add(facts);
    }

    private Component who(String label, java.time.Instant at) {
        return new Div(new Span(label + " · "), new TimeLabel(time, at));
    }

    /** Shown to those who may open it. */
    private Component link(String path, String key) {
        var me = actors.get();
        if (!me.has(Role.ADMIN) && !me.has(Role.REVIEWER) && !me.has(Role.AUDITOR)) {
            return new Div();
        }
        var link = new Anchor(path, words.say(key));
        link.addClassName("zg-link");
        return link;
    }

    private void showFailures(List<Failure> failures) {
        reasons.removeAll();
        failing.aside(words.say(
                "count",
                words.number(failures.stream().mapToInt(Failure::terminals).sum())));
        failures.forEach(failure -> reasons.add(reason(failure)));
        if (failures.isEmpty()) {
            reasons.add(quiet(words.say("failures.none")));
        }
    }

    private Component reason(Failure failure) {
        var code = failure.code();
        var number = new Span(code == null ? "" : code.toString());
        number.addClassNames("zg-muted", "zg-money");
        var text = code == null ? words.turn(failure.turn()) : codes.cause(code);
        var cause = new Span(text);
        cause.addClassName("zg-grow");
        var count = new Span(words.number(failure.terminals()));
        count.addClassNames("zg-strong", "zg-money");
        var row = new NativeButton();
        row.add(number, cause, count, Glyph.NEXT.icon());
        row.addClassName("reason");
        row.setAriaLabel(words.say("open", text, words.number(failure.terminals())));
        row.addClickListener(click -> open(new Which(failure.turn(), null, code)));
        return row;
    }

    private void open(Which chosen) {
        Map<String, String> parameters =
                new HashMap<>(Map.of(TURN, chosen.turn().name()));
        if (chosen.group() != null) {
            parameters.put(GROUP, chosen.group().toString());
        }
        if (chosen.code() != null) {
            parameters.put(CODE, chosen.code().toString());
        }
        getUI().orElseThrow()
                .navigate("fleet/rollouts/" + Objects.requireNonNull(id).value(), QueryParameters.simple(parameters));
    }

    // --- terminals ---

    private void fill() {
        var chosen = which;
        machines.setVisible(chosen != null);
        list.removeAll();
        if (chosen == null) {
            return;
        }
        var code = chosen.code();
        machines.aside(code == null ? words.turn(chosen.turn()) : code + " " + codes.cause(code));
        more(chosen, null);
        if (list.getComponentCount() == 0) {
            list.add(new EmptyState(words.say("machines.none"), words.say("machines.none.what")));
        }
        machines.scrollIntoView();
    }

    private void more(Which chosen, @Nullable TerminalId after) {
        var page = rollouts.terminals(actors.get(), Objects.requireNonNull(id), chosen, after, AT_ONCE);
        page.rows().forEach(row -> list.add(machine(chosen, row)));
        var next = page.next();
        if (next != null) {
            var more = new Button(words.say("more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                list.remove(more);
                more(chosen, next);
            });
            list.add(more);
        }
    }

    private Component machine(Which chosen, Rollouts.Row row) {
        var seat = row.terminal().seat();
        var name = new Span(row.store().name() + " · " + (seat == null ? "" : seat));
        name.addClassName("zg-strong");
        var serial = new Span(row.terminal().serial().value());
        serial.addClassNames("zg-small", "zg-muted", "zg-mono");
        var text = new Div(name, serial);
        text.addClassNames("zg-grow", "machine");
        var code = row.code();
        if (code != null) {
            var action = new Div(words.say("machine.code", code, codes.cause(code), codes.action(code)));
            action.addClassNames("zg-small", "zg-muted");
            text.add(action);
        }
        var shown = new Div(text, new StatusPill(RolloutWords.meaning(chosen.turn()), words.turn(chosen.turn())));
        shown.addClassNames("zg-row", "wrap");
        return shown;
    }

    @Override
    public String getPageTitle() {
        return shown == null ? words.say("title") : words.title(shown);
    }
}
