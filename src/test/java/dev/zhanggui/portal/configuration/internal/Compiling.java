package dev.zhanggui.portal.configuration.internal;

/** Drives what runs by itself in the portal: for tests outside this package. */
public class Compiling {

    private final Expander expander;
    private final LinkMonitor link;
    private final StoredAlerts alerts;

    Compiling(Expander expander, LinkMonitor link, StoredAlerts alerts) {
        this.expander = expander;
        this.link = link;
        this.alerts = alerts;
    }

    /** Until nothing is marked. */
    public void all() {
        while (expander.expandDue() > 0) {
            // more came meanwhile
        }
    }

    public void lookAtAlerts() {
        alerts.look();
    }

    public void bridgeIsHere() {
        link.seen("bridge-1");
    }
}
