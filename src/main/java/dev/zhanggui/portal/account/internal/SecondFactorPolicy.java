package dev.zhanggui.portal.account.internal;

/** Whether staff may work without a second factor. */
enum SecondFactorPolicy {
    /** Nobody of staff gets in without one: production. */
    REQUIRED,
    /** Asked of those who have enrolled: demo. */
    ENROLLED_ONLY;

    static SecondFactorPolicy named(String word) {
        return switch (word.strip()) {
            case "required" -> REQUIRED;
            case "enrolled-only" -> ENROLLED_ONLY;
            default ->
                throw new WrongConfigurationException(
                        "ZHANGGUI_STAFF_SECOND_FACTOR is either required or enrolled-only.");
        };
    }
}
