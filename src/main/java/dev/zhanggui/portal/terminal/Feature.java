package dev.zhanggui.portal.terminal;

/** What a model can do besides taking money. Texts: {@code terminal.feature.<NAME>}. */
public enum Feature {
    /** Runs on a battery and fits a hand. */
    PORTABLE,
    /** Works only beside a phone. */
    NEEDS_PHONE,
    PRINTER,
    /** Says the amount received aloud. */
    LOUDSPEAKER,
    /** Brings its own mobile data. */
    OWN_SIM,
    WIFI,
    SIGNATURE_SCREEN,
    TOUCH_SCREEN,
    MEMBERS_AND_STOCK,
    /** Several counters are watched and set from one place. */
    REMOTE_MANAGEMENT,
    SELF_SERVICE
}
