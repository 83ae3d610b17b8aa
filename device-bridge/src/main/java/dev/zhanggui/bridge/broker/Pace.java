package dev.zhanggui.bridge.broker;

/** How fast one connection may send: so many a second, and a few seconds' worth at once after a pause. Safe for threads. */
final class Pace {

    private static final int SECONDS_AT_ONCE = 5;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private double left;
    private long at;

    /** @param now nanoseconds of the clock that {@link #take} is given */
    Pace(int perSecond, long now) {
        this.perSecond = perSecond;
        this.left = most();
        this.at = now;
    }

    private double most() {
        return (double) perSecond * SECONDS_AT_ONCE;
    }

    /** Whether one more may come now. */
    synchronized boolean take(long now) {
        left = Math.min(most(), left + Math.max(0, now - at) / NANOS * perSecond);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
