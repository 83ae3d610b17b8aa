package dev.zhanggui.portal.configuration;

/** What goes out in groups. */
public enum RolloutKind {
    /** A notice of days off, which two people published; its detail is the year. */
    CALENDAR(ChangeCause.CALENDAR),
    /** What is usual in an industry, which two people published; its detail is the industry. */
    PACK(ChangeCause.PACK),
    /** A line on every screen, or none. */
    SCREEN(ChangeCause.SCREEN),
    /** The same once more, under a new number. */
    RESEND(ChangeCause.RESENT);

    private final ChangeCause cause;

    RolloutKind(ChangeCause cause) {
        this.cause = cause;
    }

    public ChangeCause cause() {
        return cause;
    }

    /** Whether a terminal can be told the earlier word again. */
    public boolean canRevert() {
        return this != RESEND;
    }

    /** Whether a person proposes it here; the others begin with the publication of what they carry. */
    public boolean isProposed() {
        return this == SCREEN || this == RESEND;
    }
}
