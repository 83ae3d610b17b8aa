package dev.zhanggui.portal.terminal;

/**
 * Why a model gained or lost points.
 *
 * @param code ends the message key {@code terminal.why.<CODE>}
 * @param points positive for a fit, negative for a lack
 * @param number fills {0} of the text where it has one
 */
public record Reason(Code code, int points, int number) {

    public enum Code {
        TAKES_CARDS,
        TAKES_ALL_IN_ONE,
        PRINTS,
        ANNOUNCES,
        PORTABLE,
        OWN_SIM,
        MEMBERS_AND_STOCK,
        MANY_COUNTERS,
        SELF_SERVICE,
        RIGHT_SIZE,
        WISHED_CLASS,
        NO_CARDS,
        NO_CODES,
        NO_PRINTER,
        SILENT,
        NOT_PORTABLE,
        NO_NETWORK,
        NO_MEMBERS_AND_STOCK,
        NO_REMOTE_MANAGEMENT,
        NO_SELF_SERVICE,
        NOT_WISHED,
        TOO_SMALL,
        TOO_LARGE,
        NEEDS_LICENCE,
        NEEDS_CORPORATE_ACCOUNT
    }

    /** True when the model cannot be handed out at all, whatever its points. */
    public boolean excludes() {
        return code == Code.NEEDS_LICENCE || code == Code.NEEDS_CORPORATE_ACCOUNT;
    }

    public String key() {
        return "terminal.why." + code.name();
    }
}
