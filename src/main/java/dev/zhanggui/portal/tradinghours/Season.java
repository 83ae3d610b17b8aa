package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.time.MonthDay;

/** A week's plan for a part of the year, or for one range of dates. A day absent from it falls back to the normal week. */
public record Season(Span span, Weekly weekly) {

    /** Both ends included. */
    public sealed interface Span {

        boolean covers(LocalDate date);

        /** Every year; may run over the new year: 11-01 to 03-31. */
        record Yearly(MonthDay from, MonthDay to) implements Span {
            @Override
            public boolean covers(LocalDate date) {
                var day = MonthDay.from(date);
                return from.isAfter(to)
                        ? !day.isBefore(from) || !day.isAfter(to)
                        : !day.isBefore(from) && !day.isAfter(to);
            }
        }

        record Dated(LocalDate from, LocalDate to) implements Span {
            public Dated {
                if (to.isBefore(from)) {
                    throw new IllegalArgumentException("range ends before it begins: " + from + " to " + to);
                }
            }

            @Override
            public boolean covers(LocalDate date) {
                return !date.isBefore(from) && !date.isAfter(to);
            }
        }
    }
}
