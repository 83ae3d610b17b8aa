package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.DayKind;
import java.text.MessageFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hours and reasons as people say them. Grammar lives here, single words in the bundles; terminals and scan pages get the same
 * sentences as the portal's own pages.
 *
 * @param locale Chinese unless its language is English
 */
public record HoursWords(Locale locale) {

    public static final HoursWords CHINESE = new HoursWords(Locale.SIMPLIFIED_CHINESE);
    public static final HoursWords ENGLISH = new HoursWords(Locale.ENGLISH);

    private static final int NOON_FROM = 10 * 60 + 30;
    private static final int NOON_UNTIL = 15 * 60;

    /** The merchant's own words where there are any, else those of the code. */
    public String reason(ReasonCode code, @Nullable String note) {
        return note == null || note.isBlank() ? text("tradinghours.reason." + code) : note;
    }

    /** 周一到周五 11 点开门，14 点到 16 点半午休，22 点打烊；周日休息。 */
    public String sentence(HoursDocument document) {
        var clauses = clauses(document);
        return zh() ? String.join("；", clauses) + "。" : String.join("; ", clauses) + ".";
    }

    /** The sentence in its parts, so that a page can mark the ones that changed. */
    public List<String> clauses(HoursDocument document) {
        var clauses = new ArrayList<String>();
        var days = DayOfWeek.values();
        if (document.weekly().notSet()) {
            clauses.add(text("tradinghours.words.notSet"));
        } else {
            for (int first = 0; first < days.length; ) {
                var plan = document.weekly().on(days[first]);
                int last = first;
                while (last + 1 < days.length
                        && Objects.equals(plan, document.weekly().on(days[last + 1]))) {
                    last++;
                }
                clauses.add(spaced(days(days[first], days[last]), plan(plan)));
                first = last + 1;
            }
        }
        var kinds = document.dayKinds();
        var special = new ArrayList<String>();
        if (kinds.holiday() != null) {
            special.add(spaced(text("tradinghours.words.holidays"), rule(kinds.holiday())));
        }
        if (kinds.transferredRest() != null) {
            special.add(spaced(text("tradinghours.words.transferredRest"), rule(kinds.transferredRest())));
        }
        if (kinds.makeUpWorkday() != null) {
            special.add(spaced(text("tradinghours.words.makeUpWorkdays"), rule(kinds.makeUpWorkday())));
        }
        if (!special.isEmpty()) {
            clauses.add(String.join(zh() ? "，" : ", ", special));
        }
        for (var dated : document.dates()) {
            clauses.add(spaced(dates(dated.from(), dated.to()), plan(dated.plan())));
        }
        for (var event : document.events()) {
            clauses.add(spaced(dates(event.from(), event.to()), plan(event.plan())));
        }
        var night = document.night();
        if (night != null) {
            clauses.add(spaced(
                    plan(DayPlan.of(night.hours())),
                    text("tradinghours.words.night." + night.terms().policy())));
        }
        return clauses;
    }

    /** 9 点到 18 点; null is not set. */
    public String plan(@Nullable DayPlan plan) {
        if (plan == null) {
            return text("tradinghours.words.dayNotSet");
        }
        if (plan.closed()) {
            return text("tradinghours.words.closed");
        }
        if (plan.equals(DayPlan.ALL_DAY)) {
            return text("tradinghours.words.allDay");
        }
        var periods = plan.periods();
        if (!zh()) {
            return periods.stream()
                    .map(it -> time(it.start()) + "–" + time(it.end()))
                    .collect(Collectors.joining(", "));
        }
        if (periods.size() == 2
                && periods.getFirst().end() >= NOON_FROM
                && periods.getFirst().end() <= NOON_UNTIL) {
            return time(periods.getFirst().start()) + "开门，"
                    + time(periods.getFirst().end()) + "到 "
                    + time(periods.getLast().start()) + "午休，"
                    + time(periods.getLast().end()) + "打烊";
        }
        return periods.stream()
                .map(it -> time(it.start()) + "到 " + time(it.end()))
                .collect(Collectors.joining("、"))
                .replace("到 次日", "到次日");
    }

    /** 11:00–14:00、16:30–次日 2:00, for lists and labels. */
    public String ranges(DayPlan plan) {
        if (plan.closed() || plan.equals(DayPlan.ALL_DAY)) {
            return plan(plan);
        }
        return plan.periods().stream()
                .map(it -> span(it.start(), it.end()))
                .collect(Collectors.joining(zh() ? "、" : ", "));
    }

    /** 09:00–次日 02:00, of minutes since a midnight. */
    public String span(int start, int end) {
        return clock(start) + "–" + clock(end);
    }

    /** 次日 02:00 for what is after midnight. */
    private String clock(int minute) {
        return minute > Period.DAY
                ? text("tradinghours.words.nextDay") + " " + Period.clock(minute - Period.DAY)
                : Period.clock(minute);
    }

    /** 次日 02:00, and 02:00 +1 where there is room for no more. */
    public String shortEnd(int minute) {
        return minute > Period.DAY && !zh() ? Period.clock(minute - Period.DAY) + " +1" : clock(minute);
    }

    private String rule(DayRule rule) {
        return switch (rule) {
            case DayRule.Own own -> plan(own.plan());
            case DayRule.Like like -> (zh() ? "按" : "like ") + day(like.day());
        };
    }

    /** What kind of rule it is, in half a sentence: 每周一, 春节放假, 调休上班日，按周一. */
    public String rule(Rule rule) {
        return switch (rule) {
            case Rule.ByClosure it -> reason(ReasonCode.of(it, Phase.CLOSED), it.note());
            case Rule.ByRestriction it -> reason(ReasonCode.of(it, Phase.CLOSED), it.note());
            case Rule.ByNight it -> text("tradinghours.words.night");
            case Rule.ByDate it -> dated(it.dated(), "tradinghours.words.ownHours");
            case Rule.ByEvent it -> dated(it.event(), "tradinghours.words.eventHours");
            case Rule.ByDayKind it -> {
                var festival = it.day().festival();
                var name = it.day().kind() == DayKind.MAKE_UP_WORKDAY
                        ? text("tradinghours.words.makeUpWorkday")
                        : festival == null
                                ? text("tradinghours.words.holidays")
                                : zh() ? festival.chinese() + "放假" : festival.english();
                yield it.rule() instanceof DayRule.Like like
                        ? name + (zh() ? "，按" : ", like ") + day(like.day())
                        : name;
            }
            case Rule.BySeason it -> (zh() ? "当季的" : "Season, ") + day(it.day().getDayOfWeek());
            case Rule.ByWeek it -> (zh() ? "每" : "Every ") + day(it.day().getDayOfWeek());
            case Rule.ByPack it ->
                (zh() ? it.pack().name("zh") + "常用" : it.pack().name("en") + ", as usual");
            case Rule.NotSet it -> text("tradinghours.words.notSet");
        };
    }

    /** As {@link #rule(Rule)}, and who said it; a store's own words need no name. */
    public String named(Rule rule) {
        var speaker = switch (rule.level()) {
            case TERMINAL -> text("tradinghours.why.terminal");
            case MERCHANT -> text("tradinghours.why.shared");
            case STORE -> "";
            case null -> "";
        };
        return speaker + rule(rule);
    }

    /** Why a rule does not decide: 特别日期排在前面. */
    public String beats(Rule winning, Rule beaten) {
        if (beaten.layer() == Layer.PACK) {
            return text("tradinghours.why.pack");
        }
        if (beaten.layer() != winning.layer()) {
            return text("tradinghours.why.beats", text("tradinghours.layer." + winning.layer()));
        }
        if (beaten.level() == winning.level()) {
            return text("tradinghours.why.narrower");
        }
        return text(winning.level() == Level.TERMINAL ? "tradinghours.why.own.terminal" : "tradinghours.why.own");
    }

    /** 调休上班日 */
    public String makeUpWorkday() {
        return text("tradinghours.words.makeUpWorkday");
    }

    private String dated(DatedRule dated, String nameless) {
        return spaced(dates(dated.from(), dated.to()), dated.reason() == null ? text(nameless) : " " + dated.reason());
    }

    /** 周一 */
    public String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, locale);
    }

    private String days(DayOfWeek first, DayOfWeek last) {
        int count = last.getValue() - first.getValue() + 1;
        return switch (count) {
            case 1 -> day(first);
            case 2 -> zh() ? day(first) + "、" + day(last) : day(first) + " and " + day(last);
            case 7 -> text("tradinghours.words.everyDay");
            default -> zh() ? day(first) + "到" + day(last) : day(first) + " to " + day(last);
        };
    }

    /** 2月14日, or a range of dates. */
    public String dates(LocalDate from, LocalDate to) {
        var format = DateTimeFormatter.ofPattern(zh() ? "M 月 d 日" : "d MMM", locale);
        if (from.equals(to)) {
            return format.format(from);
        }
        return zh() && from.getMonth() == to.getMonth() && from.getYear() == to.getYear()
                ? format.format(from).replace(" 日", "–" + to.getDayOfMonth() + " 日")
                : format.format(from) + "–" + format.format(to);
    }

    private String time(int minute) {
        int hour = minute / 60;
        int rest = minute % 60;
        if (!zh()) {
            return minute > Period.DAY
                    ? Period.clock(minute - Period.DAY) + " next day"
                    : hour + ":" + (rest < 10 ? "0" : "") + rest;
        }
        var day = minute > Period.DAY ? "次日 " : "";
        return day + (minute > Period.DAY ? hour - 24 : hour) + " 点"
                + (rest == 0 ? "" : rest == 30 ? "半" : " " + rest + " 分");
    }

    private String spaced(String subject, String words) {
        boolean tight = zh() && !words.isEmpty() && !Character.isDigit(words.charAt(0));
        return subject + (tight ? "" : " ") + words;
    }

    /** A pattern of the bundles, filled in. */
    public String text(String key, Object... arguments) {
        return new MessageFormat(text(key), locale).format(arguments);
    }

    /** A text of the bundles. */
    public String text(String key) {
        return ResourceBundle.getBundle(
                        "vaadin-i18n.translations",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }

    private boolean zh() {
        return !locale.getLanguage().equals("en");
    }
}
