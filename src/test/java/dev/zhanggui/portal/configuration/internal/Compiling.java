package dev.zhanggui.portal.configuration.internal;

/** Drives what runs by itself in the portal: for tests outside this package. */
public class Compiling {

    private final Expander expander;
    private final LinkMonitor link;

    Compiling(Expander expander, LinkMonitor link) {
        this.expander = expander;
        this.link = link;
    }

    /** Until nothing is marked. */
    public void all() {
        while (expander.expandDue() > 0) {
            // more came meanwhile
        }
    }

    public void bridgeIsHere() {
        link.seen("bridge-1");
    }
}
