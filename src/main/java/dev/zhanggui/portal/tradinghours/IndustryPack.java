package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is usual in an industry. A default that a merchant may overrule in every part, never a statement of law.
 *
 * @param industry the key that stores carry, such as {@code restaurant}; it may speak for a few other keys too
 * @param version from 1
 * @param names by language, {@code zh} and {@code en}
 * @param rules what holds where the merchant said nothing; only its weekly plan, day kinds and {@code outside} are used. Without a
 *     weekly plan the hours stay not set
 * @param suggestion a week to begin with, offered and never applied by itself; null if none
 * @param owner who answers for it
 * @param reason why it says what it says
 * @param reviewBy when it must have been looked at again
 */
public record IndustryPack(
        String industry,
        int version,
        Map<String, String> names,
        HoursDocument rules,
        @Nullable Weekly suggestion,
        Said owner,
        Said reason,
        LocalDate reviewBy) {

    public IndustryPack {
        names = Map.copyOf(names);
    }

    /** Its name in the language, Chinese where there is no other. */
    public String name(String language) {
        return names.getOrDefault(language, names.getOrDefault("zh", industry));
    }

    /** How urgent the next look at it is. */
    public enum Review {
        FINE,
        /** Within {@link #SOON_DAYS} days. */
        SOON,
        OVERDUE
    }

    public static final int SOON_DAYS = 30;

    public Review review(LocalDate today) {
        if (reviewBy.isBefore(today)) {
            return Review.OVERDUE;
        }
        return reviewBy.isAfter(today.plusDays(SOON_DAYS)) ? Review.FINE : Review.SOON;
    }
}
