package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What holds on given dates. Where two cover a date, the narrower wins; of equally wide ones the later in the list.
 *
 * @param to included
 * @param reason shown to customers
 */
public record DatedRule(
        LocalDate from,
        LocalDate to,
        DayPlan plan,
        @Nullable String reason) {

    public DatedRule {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("range ends before it begins: " + from + " to " + to);
        }
    }

    public boolean covers(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(to);
    }

    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }
}
