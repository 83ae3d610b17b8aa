package dev.zhanggui.portal.shared;

/**
 * What a check of typed text found: the value, or the reason it is not one.
 *
 * @param <T> the value object
 */
public sealed interface Checked<T> {

    /** The text is right; {@code value} is its normal form. */
    record Valid<T>(T value) implements Checked<T> {}

    /** The text is wrong; {@code reason} ends a message key ({@code check.<kind>.<reason>}). */
    record Invalid<T>(String reason) implements Checked<T> {}

    /** The value, or {@link IllegalArgumentException} with the reason: for text that was checked before. */
    default T orThrow() {
        return switch (this) {
            case Valid<T>(var value) -> value;
            case Invalid<T>(var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    default boolean isValid() {
        return this instanceof Valid<T>;
    }

    static <T> Checked<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Checked<T> invalid(String reason) {
        return new Invalid<>(reason);
    }
}
