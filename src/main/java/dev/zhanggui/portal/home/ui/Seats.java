package dev.zhanggui.portal.home.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.configuration.ui.TerminalBadge;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The store's terminals as small seats: drawing, place, and whether it runs the latest. Badges turn in place. */
class Seats extends Div {

    private final Span summary = new Span();
    private final Div list = new Div();
    private final Map<TerminalId, TerminalBadge> badges = new HashMap<>();
    private List<Terminal> shown = List.of();

    Seats() {
        addClassNames("zg-card", "zg-seats");
        summary.addClassNames("zg-small", "zg-muted");
        var head = new Div(new H2(getTranslation("home.terminals")), summary);
        head.addClassName("zg-section-head");
        add(head, list);
    }

    void show(List<Terminal> terminals, List<TerminalConfiguration> configurations, HumanTime time) {
        var status = configurations.stream()
                .collect(Collectors.toMap(TerminalConfiguration::terminal, TerminalConfiguration::status));
        if (!terminals.equals(shown) || list.getComponentCount() == 0) {
            build(terminals, status, time);
        }
        badges.forEach((terminal, badge) -> {
            var its = status.get(terminal);
            if (its != null) {
                badge.show(its);
            }
        });
        summary.setText(summary(terminals.size(), status));
    }

    private void build(List<Terminal> terminals, Map<TerminalId, SyncStatus> status, HumanTime time) {
        shown = terminals;
        badges.clear();
        list.removeAll();
        if (terminals.isEmpty()) {
            var none = new Div(
                    new Span(getTranslation("home.terminals.none")),
                    new Anchor("/apply", getTranslation("home.terminals.activate")));
            none.addClassNames("zg-between", "zg-muted", "zg-seats-none");
            list.add(none);
            return;
        }
        for (var terminal : terminals) {
            var seat = new Span(terminal.seat() == null ? terminal.serial().value() : terminal.seat());
            var kind = new Div(getTranslation(DeviceIcon.nameKey(terminal.deviceClass())));
            kind.addClassNames("zg-xs", "zg-faint");
            var row = new Div(new DeviceIcon(terminal.deviceClass()), new Div(seat, kind));
            row.addClassName("zg-seat");
            var its = status.get(terminal.id());
            if (its != null) {
                var badge = new TerminalBadge(time, its);
                badges.put(terminal.id(), badge);
                row.add(badge);
            }
            list.add(row);
        }
    }

    private String summary(int total, Map<TerminalId, SyncStatus> status) {
        if (total == 0) {
            return "";
        }
        long sending = status.values().stream()
                .filter(it -> it instanceof SyncStatus.Sending)
                .count();
        long inStep = status.values().stream()
                .filter(it -> it instanceof SyncStatus.InStep)
                .count();
        long stopped = status.values().stream()
                .filter(it -> it instanceof SyncStatus.Rejected)
                .count();
        if (stopped > 0) {
            return getTranslation("home.terminals.stopped", stopped);
        }
        return sending > 0
                ? getTranslation("home.terminals.sending", sending)
                : inStep == total
                        ? getTranslation("home.terminals.inStep")
                        : getTranslation("home.terminals.some", inStep, total);
    }
}
