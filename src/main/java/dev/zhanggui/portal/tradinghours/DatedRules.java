package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A level's dated rules, found by date: a shop that keeps exceptions for years must not become slower with each. */
final class DatedRules {

    /** Fewer are looked through faster than they are sorted. */
    private static final int WORTH_AN_INDEX = 16;
    /** Wider ones are few and would fill the index. */
    private static final int WIDE_DAYS = 62;

    private final Level level;
    private final List<DatedRule> everywhere;
    private final Map<LocalDate, List<DatedRule>> byDate;

    /** @param rules in the order of the document, in which the later of two equally wide ones wins */
    DatedRules(Level level, List<DatedRule> rules) {
        this.level = level;
        var latestFirst = rules.reversed();
        if (rules.size() < WORTH_AN_INDEX) {
            everywhere = latestFirst;
            byDate = Map.of();
            return;
        }
        everywhere = new ArrayList<>();
        byDate = new HashMap<>();
        for (var rule : latestFirst) {
            if (rule.days() > WIDE_DAYS) {
                everywhere.add(rule);
            } else {
                for (var date = rule.from(); !date.isAfter(rule.to()); date = date.plusDays(1)) {
                    byDate.computeIfAbsent(date, day -> new ArrayList<>(2)).add(rule);
                }
            }
        }
    }

    Level level() {
        return level;
    }

    /** Those that cover the date, the narrowest first. */
    List<DatedRule> on(LocalDate date) {
        var covering = new ArrayList<>(byDate.getOrDefault(date, List.of()));
        for (var rule : everywhere) {
            if (rule.covers(date)) {
                covering.add(rule);
            }
        }
        if (covering.size() > 1) {
            covering.sort(Comparator.comparingLong(DatedRule::days));
        }
        return covering;
    }
}
