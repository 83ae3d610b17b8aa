package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.Counters;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;

/** What has become of a saved change on the counters: on its way, then in step, with version and second. */
class SyncLine extends Div {

    private final StatusPill pill = new StatusPill(Meaning.ATTEND, "");
    private final Span more = new Span();

    SyncLine() {
        addClassNames("zg-row", "zg-sync");
        more.addClassNames("zg-small", "zg-muted");
        getElement().setAttribute("role", "status");
        add(pill, more);
    }

    /** Of a change that reaches terminals in many stores, each at its own time. */
    void showSaved(String then) {
        pill.show(Meaning.OPEN, getTranslation("tradinghours.sync.saved"));
        more.setText(then);
    }

    void show(Counters.Status status, HumanTime time) {
        if (status.total() == 0) {
            pill.show(Meaning.OPEN, getTranslation("tradinghours.sync.saved"));
            more.setText(getTranslation("tradinghours.sync.noTerminal"));
        } else if (status.sending() > 0) {
            pill.show(Meaning.ATTEND, getTranslation("tradinghours.sync.sending"));
            more.setText(getTranslation("tradinghours.sync.count", status.inStep(), status.total()));
        } else if (status.stopped() > 0) {
            pill.show(Meaning.STOP, getTranslation("tradinghours.sync.stopped", status.stopped()));
            more.setText(getTranslation("tradinghours.sync.stopped.more", status.inStep()));
        } else if (status.inStep() == 0) {
            pill.show(Meaning.CLOSED, getTranslation("tradinghours.sync.offline"));
            more.setText(getTranslation("tradinghours.sync.later"));
        } else {
            pill.show(Meaning.OPEN, getTranslation("tradinghours.sync.inStep"));
            var applied = status.appliedAt() == null ? "" : time.second(status.appliedAt());
            more.setText(getTranslation(
                    status.offline() > 0 ? "tradinghours.sync.versionButOffline" : "tradinghours.sync.version",
                    status.version() == null ? 0 : status.version(),
                    applied,
                    status.offline()));
        }
    }
}
