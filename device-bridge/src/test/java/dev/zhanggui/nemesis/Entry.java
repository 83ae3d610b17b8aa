package dev.zhanggui.nemesis;

import java.time.Instant;

/**
 * A line of a history.
 *
 * @param n its place, from 1
 * @param at true time
 */
public record Entry(long n, Instant at, Happened what) {

    @Override
    public String toString() {
        return "#" + n + "  " + at + "  " + what.words();
    }
}
