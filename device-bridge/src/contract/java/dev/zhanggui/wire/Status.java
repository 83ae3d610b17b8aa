package dev.zhanggui.wire;

import org.jspecify.annotations.Nullable;

/** Message on the status topic: exactly one of the two. */
public record Status(@Nullable Birth birth, @Nullable Report report) {

    public Status {
        if ((birth == null) == (report == null)) {
            throw new IllegalArgumentException("Either a birth or a report");
        }
    }

    public static Status of(Birth birth) {
        return new Status(birth, null);
    }

    public static Status of(Report report) {
        return new Status(null, report);
    }

    /** The terminal that it speaks for. */
    public String tid() {
        if (birth != null) {
            return birth.tid();
        }
        return Wire.required(report, "report").tid();
    }
}
