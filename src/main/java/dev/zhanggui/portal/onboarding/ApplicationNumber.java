package dev.zhanggui.portal.onboarding;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one number an application keeps through all its resubmissions, as in {@code ZG2611-0457}: year and month of the
 * start (Asia/Shanghai), then at least four random digits. Random so that it does not tell how many apply; knowing a
 * number opens nothing, because every access is checked for ownership.
 */
public record ApplicationNumber(String value) {

    private static final Pattern FORM = Pattern.compile("ZG\\d{4}-\\d{4,10}");

    public ApplicationNumber {
        if (value.length() > 17 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an application number");
        }
    }

    /** Reads what a person types: blanks around it and lower case are fine. */
    public static Optional<ApplicationNumber> parse(String typed) {
        if (typed.length() > 40) {
            return Optional.empty();
        }
        String tidy = typed.strip().toUpperCase(Locale.ROOT);
        return tidy.length() <= 17 && FORM.matcher(tidy).matches()
                ? Optional.of(new ApplicationNumber(tidy))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
