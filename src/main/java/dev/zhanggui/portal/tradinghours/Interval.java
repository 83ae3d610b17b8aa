package dev.zhanggui.portal.tradinghours;

import java.time.Instant;

/** Half-open: {@code start} belongs to it, {@code end} does not. */
public record Interval(Instant start, Instant end) {}
