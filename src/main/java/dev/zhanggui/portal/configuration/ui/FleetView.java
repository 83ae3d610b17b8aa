package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.configuration.Fleet.Overview;
import dev.zhanggui.portal.configuration.Fleet.State;
import dev.zhanggui.portal.configuration.FleetAlerts;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.uikit.EmptyState;
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
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All terminals: how many run what they should, how fast edits arrive, and which machines need a person. Counted anew every ten seconds. */
@Route("fleet")
@Menu(title = "configuration.fleet.menu", order = 35, icon = "terminal")
@RolesAllowed({Role.Names.SERVICE, Role.Names.ADMIN, Role.Names.AUDITOR})
class FleetView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int AT_ONCE = 30;
    private static final int RELEASES_MOST = 5;
    private static final String STATE = "state";
    private static final String CODE = "code";
    private static final String TEXT = "q";

    private final transient Fleet fleet;
    private final transient TerminalConfigurations configurations;
    private final transient CurrentActor actors;
    private final transient HumanTime time;
    private final transient SyncWords words;
    private final transient FleetAlerts alerts;
    private final transient Rollouts rollouts;
    private final transient RolloutWords releaseWords;
    private final PageHeader header;
    private final Div troubles = new Div();
    private final Div steps = new Div();
    private final Section delay;
    private final Div delays = new Div();
    private final Section refusals;
    private final Div codes = new Div();
    private final Div bridges = new Div();
    private final Div releases = new Div();
    private final Section machines;
    private final Div list = new Div();
    private final TextField wanted = new TextField();
    private Fleet.@Nullable Which which;

    FleetView(
            Fleet fleet,
            FleetAlerts alerts,
            Rollouts rollouts,
            IndustryPacks packs,
            Catalogue catalogue,
            TerminalConfigurations configurations,
            CurrentActor actors,
            LiveUpdates live,
            Clock clock) {
        this.fleet = fleet;
        this.alerts = alerts;
        this.rollouts = rollouts;
        this.configurations = configurations;
        this.actors = actors;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new SyncWords(this, time);
        this.releaseWords = new RolloutWords(this, packs, catalogue, clock, getLocale());
        addClassNames("zg-page", "wide", "zg-fleet");
        header = new PageHeader(getPageTitle());
        steps.addClassName("zg-rows");
        delays.addClassName("zg-fleet-delay");
        codes.addClassName("zg-rows");
        bridges.addClassName("zg-rows");
        var now = new Section(say("now"), steps).aside(say("now.scale"));
        delay = new Section(say("delay"), delays);
        refusals = new Section(say("refusals"), codes);
        wanted.setPlaceholder(say("search"));
        wanted.setAriaLabel(say("search"));
        wanted.setPrefixComponent(Glyph.SEARCH.icon());
        wanted.setMaxLength(Fleet.TEXT_MOST);
        wanted.setClearButtonVisible(true);
        wanted.addKeyPressListener(Key.ENTER, key -> search());
        wanted.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue().isEmpty()) {
                search();
            }
        });
        list.addClassName("zg-rows");
        machines = new Section(say("machines"), wanted, list);
        var left = new Div(now, delay);
        left.addClassNames("zg-stack", "loose");
        releases.addClassName("zg-rows");
        var all = new RouterLink(say("rollouts.all"), RolloutsView.class);
        all.addClassName("zg-link");
        var right = new Div(
                new Section(say("rollouts"), releases).aside(all), refusals, new Section(say("bridges"), bridges));
        right.addClassNames("zg-stack", "loose");
        var columns = new Div(left, right);
        columns.addClassName("zg-columns");
        troubles.addClassNames("zg-stack", "zg-fleet-troubles");
        troubles.getElement().setAttribute("aria-live", "polite");
        add(header, troubles, columns, machines);
        live.subscribe(this, LiveConfigurations.FLEET, this::count);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getLocation().getQueryParameters();
        which = asked.getSingleParameter(STATE)
                .flatMap(FleetView::state)
                .map(state -> new Fleet.Which(
                        state,
                        asked.getSingleParameter(CODE)
                                .flatMap(FleetView::number)
                                .orElse(null)))
                .orElse(null);
        wanted.setValue(asked.getSingleParameter(TEXT)
                .map(it -> it.length() > Fleet.TEXT_MOST ? it.substring(0, Fleet.TEXT_MOST) : it)
                .orElse(""));
        count();
        fill();
    }

    private static Optional<State> state(String name) {
        return Arrays.stream(State.values())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Also pushed; the person may have signed out in another tab meanwhile. */
    private void count() {
        if (actors.find().isEmpty()) {
            return;
        }
        var overview = fleet.overview(actors.get());
        header.subtitle(say(
                overview.waitingEdits() == 0 ? "summary" : "summary.waiting",
                number(overview.terminals()),
                number(overview.stores()),
                time.second(overview.at()),
                number(overview.waitingEdits())));
        showReleases();
        troubles.removeAll();
        alerts.list(actors.get()).forEach(alert -> troubles.add(trouble(alert)));
        steps.removeAll();
        int most = Math.max(10, overview.terminals());
        for (var state : State.values()) {
            steps.add(step(state, overview, most));
        }
        showDelay(overview.delay());
        codes.removeAll();
        overview.refusals().forEach(refusal -> codes.add(refusal(refusal)));
        if (overview.refusals().isEmpty()) {
            codes.add(quiet(say("refusals.none")));
        }
        refusals.aside(say("count", number(overview.in(State.REJECTED))));
        bridges.removeAll();
        overview.bridges().forEach(bridge -> {
            var name = new Span(bridge.name());
            name.addClassName("zg-grow");
            var seen = new Span(time.second(bridge.lastSeen()));
            seen.addClassNames("zg-small", "zg-muted");
            var row = new Div(name, seen);
            row.addClassNames("zg-row", "between");
            bridges.add(row);
        });
        if (overview.bridges().isEmpty()) {
            bridges.add(quiet(say("bridges.none")));
        }
    }

    private void showReleases() {
        releases.removeAll();
        var active = rollouts.list(actors.get(), new Rollouts.Filter(Rollouts.Band.ACTIVE, ""), null, RELEASES_MOST);
        active.rollouts().forEach(rollout -> {
            var link = new Anchor("fleet/rollouts/" + rollout.id().value(), releaseWords.title(rollout));
            link.addClassNames("zg-link", "zg-grow");
            var row = new Div(link, new StatusPill(RolloutWords.meaning(rollout.state()), releaseWords.state(rollout)));
            row.addClassNames("zg-row", "between");
            releases.add(row);
        });
        if (active.rollouts().isEmpty()) {
            releases.add(quiet(say("rollouts.none")));
        }
    }

    /** What is wrong, since when, and the one thing to do first. */
    private Component trouble(FleetAlerts.Alert alert) {
        var ended = alert.clearedAt();
        var key = "alert." + alert.rule();
        if (ended != null) {
            return quiet(say("alert.over", say(key), time.moment(alert.since()), time.moment(ended)));
        }
        var note = new Note(
                alert.severity() == FleetAlerts.Severity.STOP ? Meaning.STOP : Meaning.ATTEND,
                say("alert.title", say(key), say(key + ".value", figure(alert.value()), figure(alert.limit()))),
                say("alert.text", say(key + ".do"), time.moment(alert.since())));
        var taken = alert.takenBy();
        if (taken != null) {
            note.add(quiet(say("alert.taken", taken)));
        } else if (actors.get().has(Role.SERVICE) || actors.get().has(Role.ADMIN)) {
            var take = new Button(say("alert.take"), click -> {
                alerts.take(actors.get(), alert.id());
                count();
            });
            take.addThemeVariants(ButtonVariant.SMALL);
            note.add(take);
        }
        return note;
    }

    private String figure(double value) {
        var format = NumberFormat.getNumberInstance(getLocale());
        format.setMaximumFractionDigits(value < 10 ? 2 : 0);
        return format.format(value);
    }

    private static Div quiet(String text) {
        var line = new Div(text);
        line.addClassNames("zg-muted", "zg-small");
        return line;
    }

    private Component step(State state, Overview overview, int most) {
        int count = overview.in(state);
        var number = new Span(number(count));
        number.addClassNames("count", "zg-money");
        var name = new Span(say("state." + state));
        name.addClassName("zg-strong");
        var what = new Span(say("state." + state + ".what"));
        what.addClassNames("zg-small", "zg-muted");
        var bar = new Div(bar(count, most), new Div(name, what));
        bar.addClassNames("bar", meaning(state).cssClass());
        bar.setClassName("half", state == State.DELIVERED);
        var row = new NativeButton();
        row.addClassName("step");
        row.add(number, bar, change(state, overview), Glyph.NEXT.icon());
        row.setAriaLabel(say("state.open", say("state." + state), number(count)));
        row.getElement().setAttribute("aria-pressed", Boolean.toString(which != null && which.state() == state));
        row.addClickListener(click -> open(new Fleet.Which(state, null), ""));
        return row;
    }

    /** Each tenfold takes the same length, so that a handful stays visible beside ten thousands. */
    private static Svg bar(int count, int most) {
        double share = count == 0 ? 0 : (0.12 + 0.88 * Math.log10(count) / Math.log10(most));
        long width = Math.round(1000 * share);
        return new Svg("<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                + "<rect class=\"fill\" width=\"" + width + "\" height=\"10\"/>"
                + (count == 0 ? "" : "<rect class=\"edge\" x=\"" + (width - 5) + "\" width=\"5\" height=\"10\"/>")
                + "</svg>");
    }

    private Span change(State state, Overview overview) {
        var before = overview.minuteAgo().get(state);
        int change = before == null ? 0 : overview.in(state) - before;
        var text = new Span(change == 0 ? "" : (change > 0 ? "+" : "−") + number(Math.abs(change)));
        text.addClassNames("change", "zg-small", "zg-muted");
        if (change != 0) {
            text.setTitle(say("change"));
        }
        return text;
    }

    private static Meaning meaning(State state) {
        return switch (state) {
            case IN_STEP, DELIVERED -> Meaning.OPEN;
            case SENDING -> Meaning.ATTEND;
            case OFFLINE -> Meaning.CLOSED;
            case REJECTED -> Meaning.STOP;
        };
    }

    private void showDelay(Fleet.Delay measured) {
        delays.removeAll();
        delay.aside(say("delay.of", number(measured.edits())));
        if (measured.edits() == 0) {
            delays.add(quiet(say("delay.none")));
            return;
        }
        var figures = new Div(figure("delay.half", measured, 0.5), figure("delay.most", measured, 0.99));
        figures.addClassNames("figures");
        delays.add(figures, new Svg(DelayDrawing.svg(measured, say("delay.label"), say("delay.beyond"))));
    }

    private Div figure(String key, Fleet.Delay measured, double share) {
        var name = new Span(say(key));
        name.addClassNames("zg-small", "zg-muted");
        var value =
                new Span(say("delay.seconds", seconds(measured.percentile(share).orElse(Duration.ZERO))));
        value.addClassNames("zg-2xl", "zg-money");
        return new Div(name, value);
    }

    private String seconds(Duration duration) {
        var format = NumberFormat.getNumberInstance(getLocale());
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return format.format(duration.toMillis() / 1000.0);
    }

    private Component refusal(Fleet.Refusal refusal) {
        var code = new Span(Integer.toString(refusal.code()));
        code.addClassNames("zg-muted", "zg-money");
        var cause = new Span(words.cause(refusal.code()));
        cause.addClassName("zg-grow");
        var count = new Span(number(refusal.terminals()));
        count.addClassNames("zg-strong", "zg-money");
        var row = new NativeButton();
        row.add(code, cause, count, Glyph.NEXT.icon());
        row.addClassName("reason");
        row.setAriaLabel(say(
                "refusal.open",
                Integer.toString(refusal.code()),
                words.cause(refusal.code()),
                number(refusal.terminals())));
        row.setTitle(words.action(refusal.code()));
        row.addClickListener(click -> open(new Fleet.Which(State.REJECTED, refusal.code()), ""));
        return row;
    }

    private void search() {
        open(
                which == null ? new Fleet.Which(State.IN_STEP, null) : which,
                wanted.getValue().strip());
    }

    private void open(Fleet.Which which, String text) {
        Map<String, String> parameters =
                new HashMap<>(Map.of(STATE, which.state().name()));
        if (which.code() != null) {
            parameters.put(CODE, which.code().toString());
        }
        if (!text.isEmpty()) {
            parameters.put(TEXT, text);
        }
        getUI().orElseThrow().navigate(FleetView.class, QueryParameters.simple(parameters));
    }

    private void fill() {
        var chosen = which;
        machines.setVisible(chosen != null);
        list.removeAll();
        if (chosen == null) {
            return;
        }
        machines.aside(
                chosen.code() == null
                        ? say("state." + chosen.state())
                        : say("machines.code", chosen.code().toString(), words.cause(chosen.code())));
        more(chosen, null);
        if (list.getComponentCount() == 0) {
            list.add(
                    wanted.isEmpty()
                            ? new EmptyState(say("machines.none"), say("machines.none.what"))
                            : new EmptyState(say("machines.notFound"), say("machines.notFound.what")));
        }
    }

    private void more(Fleet.Which chosen, @Nullable TerminalId after) {
        var page = fleet.terminals(actors.get(), chosen, wanted.getValue(), after, AT_ONCE);
        page.rows().forEach(row -> list.add(machine(row)));
        var next = page.next();
        if (next != null) {
            var more = new Button(say("machines.more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                list.remove(more);
                more(chosen, next);
            });
            list.add(more);
        }
    }

    private Component machine(Fleet.Row row) {
        var terminal = row.terminal();
        var seat = terminal.seat();
        var name = new Span(row.store().name() + " · " + (seat == null ? "" : seat));
        name.addClassName("zg-strong");
        var serial = new Span(terminal.serial().value());
        serial.addClassNames("zg-small", "zg-muted", "zg-mono");
        var status = row.configuration().status();
        var line = new Div(words.line(status));
        line.addClassName("zg-small");
        var certificate = new Anchor("fleet/certificates?q=" + terminal.serial().value(), say("machines.certificate"));
        certificate.addClassNames("zg-link", "zg-small");
        var about = new Div(serial, certificate);
        about.addClassNames("zg-row", "wrap");
        var text = new Div(name, line, about);
        text.addClassNames("zg-grow", "machine");
        var shown = new Div(text, new StatusPill(SyncWords.meaning(status), words.word(status)));
        shown.addClassNames("zg-row", "wrap");
        if (status instanceof SyncStatus.Rejected refused) {
            var action = new Div(words.action(refused.code()));
            action.addClassNames("zg-small", "zg-muted");
            text.add(action);
            if (actors.get().has(Role.SERVICE) || actors.get().has(Role.ADMIN)) {
                var again = new Button(words.say("sendAgain"), click -> {
                    configurations.sendAgain(actors.get(), terminal.id());
                    Toast.done(words.say(
                            "sentAgain", seat == null ? terminal.serial().value() : seat));
                });
                again.addThemeVariants(ButtonVariant.SMALL);
                shown.add(again);
            }
        }
        return shown;
    }

    private String number(int value) {
        return NumberFormat.getIntegerInstance(getLocale()).format(value);
    }

    private String say(String key, Object... values) {
        return getTranslation("configuration.fleet." + key, values);
    }

    @Override
    public String getPageTitle() {
        return say("title");
    }
}
