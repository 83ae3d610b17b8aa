package dev.zhanggui.portal.acceptance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer and how long its decision and reason hold.
 *
 * @param until when the hours, a promotion's window, an order's time or a day's limit end it by themselves; null when only
 *     somebody's deed can, or nothing does within {@link Acceptance#FORESEEN_DAYS} days
 */
public record Foresight(Answer answer, @Nullable Instant until) {}
