package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Documents and closures of every shape, the same for the same seed. */
public final class RandomHours {

    private RandomHours() {}

    static HoursDocument document(Random random, ZoneId zone) {
        var document = HoursDocument.weekly(zone, weekly(random))
                .withDayKinds(new DayKindRules(dayRule(random), dayRule(random), dayRule(random)));
        var seasons = new ArrayList<Season>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var from = date(random);
            seasons.add(new Season(
                    random.nextBoolean()
                            ? new Season.Span.Dated(from, from.plusDays(random.nextInt(60)))
                            : new Season.Span.Yearly(MonthDay.from(from), MonthDay.from(date(random))),
                    weekly(random)));
        }
        var off = EnumSet.noneOf(Part.class);
        for (var part : Part.values()) {
            if (random.nextInt(6) == 0) {
                off.add(part);
            }
        }
        return document.withDates(dated(random, random.nextInt(5) == 0 ? 60 : 5))
                .withEvents(dated(random, 3))
                .withSeasons(seasons)
                .withNight(random.nextInt(4) == 0 ? night(random) : null)
                .withOutside(random.nextInt(4) == 0 ? null : outside(random))
                .withOff(off);
    }

    /** Up to three levels and perhaps a pack. */
    public static HoursChain chain(Random random, ZoneId zone) {
        var links = new ArrayList<HoursChain.Link>();
        for (var level : Level.values()) {
            if (level == Level.STORE || random.nextBoolean()) {
                links.add(new HoursChain.Link(level, sparse(random, document(random, zone))));
            }
        }
        return new HoursChain(zone, links, random.nextBoolean() ? pack(random, zone) : null);
    }

    /** A level says little, or there would be nothing to inherit. */
    private static HoursDocument sparse(Random random, HoursDocument document) {
        var weekly = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        document.weekly().days().forEach((day, plan) -> {
            if (random.nextInt(3) == 0) {
                weekly.put(day, plan);
            }
        });
        return document.withWeekly(new Weekly(weekly));
    }

    private static IndustryPack pack(Random random, ZoneId zone) {
        var rules = HoursDocument.weekly(zone, weekly(random))
                .withDayKinds(new DayKindRules(dayRule(random), null, dayRule(random)))
                .withOutside(random.nextBoolean() ? outside(random) : null);
        return new IndustryPack(
                "bar",
                1,
                Map.of("zh", "酒吧", "en", "Bar"),
                rules,
                null,
                new Said("测试", null),
                new Said("样例", null),
                LocalDate.of(2027, 6, 30));
    }

    public static List<Restriction> restrictions(Random random, Instant around) {
        var restrictions = new ArrayList<Restriction>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var from = around.plusSeconds(60L * random.nextInt(4 * 1440));
            restrictions.add(new Restriction(
                    Restriction.Kind.values()[random.nextInt(Restriction.Kind.values().length)],
                    from,
                    random.nextInt(5) == 0 ? null : from.plusSeconds(60L * (1 + random.nextInt(1440))),
                    random.nextBoolean() ? "检修" : null));
        }
        return restrictions;
    }

    private static List<DatedRule> dated(Random random, int most) {
        var dates = new ArrayList<DatedRule>();
        for (int i = random.nextInt(most); i > 0; i--) {
            var from = date(random);
            dates.add(new DatedRule(
                    from,
                    from.plusDays(random.nextInt(20) == 0 ? 90 : random.nextInt(9)),
                    plan(random),
                    random.nextBoolean() ? "原因" + i : null));
        }
        return dates;
    }

    private static NightSafety night(Random random) {
        int start = 60 * random.nextInt(24);
        Outside terms;
        do {
            terms = outside(random);
        } while (terms.policy() == Decision.ALLOW);
        return new NightSafety(new Period(start, start + 1 + random.nextInt(600)), terms);
    }

    public static List<Closure> closures(Random random, Instant around) {
        var closures = new ArrayList<Closure>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var from = around.plusSeconds(60L * random.nextInt(4 * 1440));
            closures.add(new Closure(
                    Closure.Kind.values()[random.nextInt(Closure.Kind.values().length)],
                    from,
                    random.nextInt(4) == 0 ? null : from.plusSeconds(60L * (1 + random.nextInt(1440))),
                    random.nextBoolean() ? "临时" : null));
        }
        return closures;
    }

    private static LocalDate date(Random random) {
        return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
    }

    private static Outside outside(Random random) {
        var policy = Decision.values()[random.nextInt(Decision.values().length)];
        return policy == Decision.ALLOW_CAPPED ? Outside.capped(1 + random.nextInt(100_000)) : Outside.of(policy);
    }

    private static Weekly weekly(Random random) {
        var weekly = Weekly.NOT_SET;
        for (var day : DayOfWeek.values()) {
            if (random.nextInt(8) > 0) {
                weekly = weekly.with(day, plan(random));
            }
        }
        return weekly;
    }

    private static @Nullable DayRule dayRule(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new DayRule.Own(plan(random));
            default -> new DayRule.Like(DayOfWeek.of(1 + random.nextInt(7)));
        };
    }

    public static DayPlan plan(Random random) {
        if (random.nextInt(10) == 0) {
            return DayPlan.ALL_DAY;
        }
        var periods = new ArrayList<Period>();
        for (int i = random.nextInt(4); i > 0; i--) {
            // Round and odd minutes alike: adjacency and midnight must come up often.
            int start = random.nextBoolean() ? 60 * random.nextInt(24) : random.nextInt(1440);
            int length = random.nextBoolean() ? 60 * (1 + random.nextInt(10)) : 1 + random.nextInt(700);
            var period = new Period(start, start + length);
            if (periods.stream().noneMatch(period::overlaps)) {
                periods.add(period);
            }
        }
        return new DayPlan(periods);
    }
}
