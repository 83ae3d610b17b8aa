package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.tradinghours.packs.PackState;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import dev.zhanggui.portal.tradinghours.packs.PackVersionId;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import java.util.List;

/** Every version of a pack: what it says, who proposed it, who decided, and why. */
class PackHistory extends Div {

    private final transient PackWords words;
    private final transient HumanTime times;

    /** @param current the one that holds */
    PackHistory(PackWords words, HumanTime times, List<PackVersion> versions, PackVersionId current) {
        this.words = words;
        this.times = times;
        addClassName("zg-rows");
        versions.forEach(version -> add(row(version, version.id().equals(current))));
    }

    private Component row(PackVersion version, boolean holds) {
        var title =
                new Span(words.say("tradinghours.packs.version", version.pack().version()));
        title.addClassName("zg-strong");
        var state = holds ? "CURRENT" : version.state().name();
        var head = new Div(
                title,
                new StatusPill(
                        holds ? Meaning.OPEN : meaning(version.state()),
                        words.say("tradinghours.packs.state." + state)));
        head.addClassNames("zg-row", "between");
        var row = new Div(head, line(new Span(words.rules(version.pack()))));
        row.addClassNames("zg-stack", "tight");
        if (version.pack().suggestion() != null) {
            row.add(line(
                    new Span(words.say("tradinghours.packs.history.suggestion", words.suggestion(version.pack())))));
        }
        row.add(line(new Span(words.say("tradinghours.packs.history.reason", words.reason(version.pack())))));
        var proposed = version.proposed();
        if (proposed == null) {
            row.add(quiet(new Span(words.say("tradinghours.packs.history.builtIn"))));
        } else {
            row.add(stamped("proposed", proposed));
        }
        var decided = version.decided();
        if (decided != null) {
            row.add(stamped(version.state().name(), decided));
        }
        var why = version.decisionReason();
        if (why != null) {
            row.add(line(new Span(words.say("tradinghours.packs.history.why", why))));
        }
        return row;
    }

    private Div stamped(String what, Stamp stamp) {
        return quiet(
                new TimeLabel(times, stamp.at()),
                new Span(" " + words.say("tradinghours.packs.history." + what, stamp.label())));
    }

    private static Div line(Component... parts) {
        var line = new Div(parts);
        line.addClassName("zg-small");
        return line;
    }

    private static Div quiet(Component... parts) {
        var line = line(parts);
        line.addClassName("zg-muted");
        return line;
    }

    private static Meaning meaning(PackState state) {
        return switch (state) {
            case PROPOSED -> Meaning.ATTEND;
            case PUBLISHED, WITHDRAWN -> Meaning.CLOSED;
            case REJECTED -> Meaning.STOP;
        };
    }
}
