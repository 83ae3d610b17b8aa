package dev.zhanggui.terminal;

import dev.zhanggui.wire.Text;
import java.time.Instant;

/**
 * A line of "what just happened".
 *
 * @param tone open, closed, attend, stop, ink or plain
 */
public record Event(long id, Instant at, String tone, String serial, Text name, Text text) {}
