package dev.zhanggui.portal.configuration.internal;

import org.springframework.stereotype.Component;

/** The two places in this process where somebody sleeps until there is something to do. */
@Component
class Wakes {

    private final Wake expander = new Wake();
    private final Wake bridges = new Wake();

    /** The expander, until something is marked dirty. */
    Wake expander() {
        return expander;
    }

    /** Waiting bridges, until a manifest is due. */
    Wake bridges() {
        return bridges;
    }
}
