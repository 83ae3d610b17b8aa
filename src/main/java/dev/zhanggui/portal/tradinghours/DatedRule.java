package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /**
     * What the rules say about the dates from {@code first} to {@code last}: on each of them the same one wins. A rule that
     * reaches beyond is cut; as a narrower one it would beat rules that beat it, so it keeps only the dates that are its own.
     */
    static List<DatedRule> within(List<DatedRule> rules, LocalDate first, LocalDate last) {
        var touching = rules.stream()
                .filter(it -> !it.to.isBefore(first) && !it.from.isAfter(last))
                .toList();
        if (touching.stream().noneMatch(it -> it.reachesBeyond(first, last))) {
            return touching;
        }
        var starts = new TreeSet<LocalDate>();
        for (var rule : touching) {
            starts.add(rule.from.isBefore(first) ? first : rule.from);
            if (rule.to.isBefore(last)) {
                starts.add(rule.to.plusDays(1));
            }
        }
        var winners = new TreeMap<LocalDate, Integer>();
        starts.forEach(start -> winners.put(start, winner(touching, start)));
        var within = new ArrayList<DatedRule>();
        for (int i = 0; i < touching.size(); i++) {
            var rule = touching.get(i);
            if (!rule.reachesBeyond(first, last)) {
                within.add(rule);
                continue;
            }
            LocalDate from = null;
            for (var entry : winners.entrySet()) {
                boolean wins = entry.getValue() == i;
                if (wins && from == null) {
                    from = entry.getKey();
                } else if (!wins && from != null) {
                    within.add(new DatedRule(from, entry.getKey().minusDays(1), rule.plan, rule.reason));
                    from = null;
                }
            }
            if (from != null) {
                within.add(new DatedRule(from, rule.to.isAfter(last) ? last : rule.to, rule.plan, rule.reason));
            }
        }
        return List.copyOf(within);
    }

    private boolean reachesBeyond(LocalDate first, LocalDate last) {
        return from.isBefore(first) || to.isAfter(last);
    }

    /** The index of the one that wins on the date; -1 if none covers it. */
    private static int winner(List<DatedRule> rules, LocalDate date) {
        int winner = -1;
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (rule.covers(date)
                    && (winner < 0 || rule.days() <= rules.get(winner).days())) {
                winner = i;
            }
        }
        return winner;
    }
}
