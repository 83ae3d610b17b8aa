package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.configuration.Generation;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** One terminal on the shelf: its drawing, its seat, how it stands, what to do if it refused, and its changes. */
class TerminalPlace extends Div {

    private static final Duration IN_MILLIS = Duration.ofSeconds(10);
    private static final Duration IN_SECONDS = Duration.ofMinutes(2);
    private static final String SYSTEM = "system";

    private final HumanTime time;
    private final SyncWords words;
    private final Supplier<List<Generation>> history;
    private final H2 seat = new H2();
    private final TerminalBadge badge;
    private final Div trouble = new Div();
    private final UnorderedList versions = new UnorderedList();
    private final Details changes;
    private final Runnable sendAgain;

    TerminalPlace(
            Terminal terminal,
            TerminalConfiguration configuration,
            HumanTime time,
            Supplier<List<Generation>> history,
            Runnable sendAgain) {
        this.time = time;
        this.history = history;
        this.sendAgain = sendAgain;
        words = new SyncWords(this, time);
        badge = new TerminalBadge(time, configuration.status());
        addClassName("zg-shelf-place");
        var stand = new Div(DeviceIcon.large(terminal.deviceClass()));
        stand.addClassName("stand");
        var kind = new Span(getTranslation(DeviceIcon.nameKey(terminal.deviceClass())));
        kind.addClassNames("zg-small", "zg-muted");
        var name = new Div(seat, kind);
        name.addClassNames("zg-row", "baseline");
        trouble.addClassName("trouble");
        versions.addClassName("zg-versions");
        changes = new Details(words.say("history"), versions);
        changes.addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                showHistory();
            }
        });
        var hours = new Anchor("merchant/hours/terminal/" + terminal.publicId(), words.say("hours"));
        hours.addClassNames("zg-link", "zg-small");
        add(stand, name, badge, trouble, hours, changes);
        show(terminal, configuration);
    }

    final void show(Terminal terminal, TerminalConfiguration configuration) {
        seat.setText(terminal.seat() == null ? terminal.serial().value() : terminal.seat());
        badge.show(configuration.status());
        trouble.removeAll();
        if (configuration.status() instanceof SyncStatus.Rejected rejected) {
            trouble.add(
                    new Note(Meaning.STOP, words.cause(rejected.code()), words.action(rejected.code())),
                    new Button(words.say("sendAgain"), click -> sendAgain.run()));
        }
        if (changes.isOpened()) {
            showHistory();
        }
    }

    private void showHistory() {
        versions.removeAll();
        var all = history.get();
        if (all.isEmpty()) {
            versions.add(new ListItem(words.say("history.none")));
        }
        all.forEach(version -> versions.add(item(version)));
    }

    private ListItem item(Generation version) {
        var number = new Span(words.say("history.version", version.version().generation()));
        number.addClassName("zg-strong");
        var result = new Span(result(version));
        result.addClassNames("zg-small", "zg-nowrap");
        var first = new Div(number, result);
        first.addClassName("zg-between");
        var who = SYSTEM.equals(version.who()) || "configuration".equals(version.who())
                ? words.say("who.system")
                : version.who();
        var why = new Div(words.say("history.by", words.say("cause." + version.cause()), who) + " · "
                + time.moment(version.editedAt()));
        why.addClassNames("zg-small", "zg-muted");
        why.getElement().setAttribute("title", time.full(version.editedAt()));
        var item = new ListItem(first, why);
        item.addClassName(meaning(version.outcome()));
        return item;
    }

    private static String meaning(GenerationOutcome outcome) {
        return switch (outcome) {
            case APPLIED -> Meaning.OPEN.cssClass();
            case PENDING, DELIVERED -> Meaning.ATTEND.cssClass();
            case REJECTED, ROLLED_BACK -> Meaning.STOP.cssClass();
            case SUPERSEDED -> Meaning.CLOSED.cssClass();
        };
    }

    private String result(Generation version) {
        return version.editToApplied()
                .filter(took -> version.outcome() == GenerationOutcome.APPLIED)
                .map(took -> took(version, took))
                .orElseGet(
                        () -> words.say("outcome." + version.outcome(), version.code() == null ? "" : version.code()));
    }

    private String took(Generation version, Duration took) {
        if (took.compareTo(IN_MILLIS) < 0) {
            return words.say("history.took", took.toMillis());
        }
        return took.compareTo(IN_SECONDS) < 0
                ? words.say("history.tookSeconds", took.toSeconds())
                : words.say("history.tookLong", time.moment(version.editedAt().plus(took)));
    }
}
