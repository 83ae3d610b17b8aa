package dev.zhanggui.portal.configuration;

/** What a terminal says about a version it was sent; APPLIED only after activation and self-test. */
public enum ReportStage {
    RECEIVED,
    VERIFIED,
    APPLIED,
    REJECTED,
    ROLLED_BACK;

    /** The terminal runs something else and says why. */
    public boolean isRefusal() {
        return this == REJECTED || this == ROLLED_BACK;
    }
}
