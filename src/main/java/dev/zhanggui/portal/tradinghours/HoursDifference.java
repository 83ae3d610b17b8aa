package dev.zhanggui.portal.tradinghours;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What one schedule says otherwise than another in a span of time. Gains and losses are never set off.
 *
 * @param gained when the sign says open and did not before
 * @param lost when it no longer does
 * @param otherwise when the sign says the same, but collections are treated differently
 */
public record HoursDifference(List<Interval> gained, List<Interval> lost, List<Interval> otherwise) {

    public HoursDifference {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
        otherwise = List.copyOf(otherwise);
    }

    /** Over [from, until). */
    public static HoursDifference between(HoursEvaluator before, HoursEvaluator after, Instant from, Instant until) {
        var old = before.transitions(from, until);
        var now = after.transitions(from, until);
        var moments = new TreeSet<Instant>();
        old.forEach(it -> moments.add(it.at()));
        now.forEach(it -> moments.add(it.at()));
        moments.add(until);
        var gained = new ArrayList<Interval>();
        var lost = new ArrayList<Interval>();
        var otherwise = new ArrayList<Interval>();
        int i = 0;
        int j = 0;
        Instant start = null;
        for (var moment : moments) {
            if (start != null) {
                i = holding(old, i, start);
                j = holding(now, j, start);
                boolean was = old.get(i).phase() == Phase.OPEN;
                boolean is = now.get(j).phase() == Phase.OPEN;
                if (!was && is) {
                    add(gained, start, moment);
                } else if (was && !is) {
                    add(lost, start, moment);
                } else if (old.get(i).decision() != now.get(j).decision()
                        || old.get(i).capFen() != now.get(j).capFen()) {
                    add(otherwise, start, moment);
                }
            }
            start = moment;
        }
        return new HoursDifference(gained, lost, otherwise);
    }

    /** Whether both let collect the same at every moment. */
    public boolean none() {
        return gained.isEmpty() && lost.isEmpty() && otherwise.isEmpty();
    }

    public Duration gainedTime() {
        return sum(gained);
    }

    public Duration lostTime() {
        return sum(lost);
    }

    private static Duration sum(List<Interval> intervals) {
        return intervals.stream()
                .map(it -> Duration.between(it.start(), it.end()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static int holding(List<Transition> transitions, int from, Instant at) {
        int index = from;
        while (index + 1 < transitions.size()
                && !transitions.get(index + 1).at().isAfter(at)) {
            index++;
        }
        return index;
    }

    private static void add(List<Interval> intervals, Instant start, Instant end) {
        if (!intervals.isEmpty() && intervals.getLast().end().equals(start)) {
            intervals.set(intervals.size() - 1, new Interval(intervals.getLast().start(), end));
        } else {
            intervals.add(new Interval(start, end));
        }
    }
}
