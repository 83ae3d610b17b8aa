package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Said;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Statement;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Subject;
import dev.zhanggui.portal.tradinghours.interchange.WordsTime.Part;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.Festival;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads hours as a shopkeeper writes them: 周一到周五9点到18点，中午12点到13点休息，周末10点到22点，春节关. Every word must be understood;
 * whatever is guessed is a warning.
 */
final class ChineseReader {

    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_STATEMENTS = 200;
    private static final int MAX_ERRORS = 20;
    private static final int HALF_A_YEAR = 183;
    private static final String WEEKDAYS = "一二三四五六日天";
    private static final String DIGITS = "零一二三四五六七八九";

    private static final List<String> WEEK = List.of("星期", "礼拜", "周");
    private static final List<String> TO = List.of("一直开到", "一直到", "营业到", "直到", "开到", "到", "至", "-", "~");
    private static final List<String> CLOSED = words("暂停营业 停止营业 不营业 不开门 不上班 休息日 休息 关门 关店 闭店 打烊 歇业 停业 休业 休市 放假 不开 关 休");
    private static final List<String> AS_USUAL =
            words("营业时间不变 时间不变 照常营业 正常营业 照常上班 正常上班 照常开门 正常开门 照常 不休息 不打烊 不放假 无休 不休");
    private static final List<String> NOT_SET = words("还没有定营业时间 还没定 待定");
    private static final List<String> ALL_DAY = List.of("24小时", "24 小时", "二十四小时", "全天候", "全天", "整天");
    private static final List<String> LUNCH = words("中午休息 中午歇业 中间休息 午间休息 午休");
    private static final List<String> PAUSE = words("不营业 休息 午休 歇业 停业 关门 打烊 歇");
    private static final List<String> OPENS = words("开始营业 开门 开店 开业 营业 上班 开放 开");
    private static final List<String> CLOSES = words("结束营业 打烊 关门 关店 收摊 结束 下班 关");
    private static final List<String> BEFORE = words("我们 本店 小店 店里 营业时间 不过 但是 另外 其中 但 : 每逢 每周都");
    private static final List<String> AFTER = words("的营业时间 营业时间 期间 的时间 时间 一律 全部 开门 营业 的 为 是 都 均 则 也 : 从 自");
    private static final List<String> EVERY_DAY = words("一周七天 每一天 每天 每日 天天 全周 全年");
    private static final List<String> OTHERS = words("其余时间 其他时间 其它时间 其余日子 其他日子 其余 其他 其它");
    private static final List<String> HOLIDAYS = words("国家法定节假日 法定节假日 国定假日 法定假日 法定假期 公共假期 公众假期 节假日");
    private static final List<String> REST = words("调休放假日 调休休息日 调休假");
    private static final List<String> MAKE_UP = words("调休上班日 调休工作日 调休补班日 补班日 调班日 调休上班 补班");
    private static final List<String> WORKDAYS = words("工作日 平日 平时");
    private static final List<String> WEEKEND = words("双休日 周末");

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();
    private static final Map<String, Festival> FESTIVALS = new LinkedHashMap<>();

    static {
        words("凌晨 半夜").forEach(it -> PARTS.put(it, Part.NIGHT));
        words("早上 早晨 清晨 上午 早 朝").forEach(it -> PARTS.put(it, Part.MORNING));
        PARTS.put("中午", Part.NOON);
        PARTS.put("下午", Part.AFTERNOON);
        words("傍晚 晚上 夜里 夜间 夜晚 深夜 晚 夜").forEach(it -> PARTS.put(it, Part.EVENING));
        FESTIVALS.put("元旦", Festival.NEW_YEAR);
        FESTIVALS.put("春节", Festival.SPRING_FESTIVAL);
        FESTIVALS.put("过年", Festival.SPRING_FESTIVAL);
        FESTIVALS.put("清明", Festival.QINGMING);
        FESTIVALS.put("劳动节", Festival.LABOUR_DAY);
        FESTIVALS.put("五一", Festival.LABOUR_DAY);
        FESTIVALS.put("端午", Festival.DRAGON_BOAT);
        FESTIVALS.put("中秋", Festival.MID_AUTUMN);
        FESTIVALS.put("国庆", Festival.NATIONAL_DAY);
        FESTIVALS.put("十一", Festival.NATIONAL_DAY);
    }

    private final String original;
    private final Cursor in;
    private final Setting setting;
    private final List<Finding> warnings = new ArrayList<>();
    private final List<Finding> errors = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();

    /** An opening said without its end yet: 11 点开门. */
    private @Nullable WordsTime pending;

    private int pendingAt;

    ChineseReader(String text, Setting setting) {
        this.original = text;
        this.in = new Cursor(plain(text));
        this.setting = setting;
    }

    Read read() {
        if (original.length() > MAX_LENGTH) {
            return new Read.Invalid(List.of(Finding.of(Kind.TOO_LONG, Integer.toString(original.length()))));
        }
        while (errors.size() < MAX_ERRORS && statements.size() <= MAX_STATEMENTS) {
            separators();
            if (in.atEnd()) {
                break;
            }
            int from = in.at;
            try {
                statement();
            } catch (Refusal refused) {
                errors.add(refused.finding());
                pending = null;
                in.at = Math.max(in.at, from + 1);
                while (!in.atEnd() && ",;".indexOf(in.peek()) < 0) {
                    in.at++;
                }
            }
        }
        if (pending != null && errors.isEmpty()) {
            errors.add(refusal(pendingAt, Kind.OPEN_END).finding());
        }
        if (statements.size() > MAX_STATEMENTS) {
            errors.add(Finding.of(Kind.TOO_MANY, Integer.toString(statements.size())));
        }
        if (statements.isEmpty() && errors.isEmpty()) {
            errors.add(Finding.of(Kind.EMPTY, ""));
        }
        return errors.isEmpty() ? new WordsPlan(setting, warnings).compose(statements) : new Read.Invalid(errors);
    }

    // ---------- statements ----------

    private void statement() {
        skip(BEFORE);
        int from = in.at;
        var subjects = subjects();
        if (!subjects.isEmpty()) {
            if (pending != null) {
                throw refusal(pendingAt, Kind.OPEN_END);
            }
            int end = in.at;
            statements.add(new Statement(subjects, new Finding.Place.Text(from, end), original.substring(from, end)));
            skip(AFTER);
        } else if (statements.isEmpty()) {
            int at = in.at;
            skip(AFTER);
            if (anyAhead(NOT_SET)) {
                in.acceptAny(NOT_SET);
                statements.add(everyDay(at));
                statements.getLast().say(Said.NOT_SET, in.since(at), text(at));
                return;
            }
            warnings.add(new Finding(new Finding.Place.Text(at, at), Kind.EVERY_DAY_ASSUMED, ""));
            statements.add(everyDay(at));
        }
        if (separated()) {
            // A subject alone: what follows the comma speaks of it.
            return;
        }
        predicate(statements.getLast());
    }

    private Statement everyDay(int at) {
        return new Statement(
                List.of(new Subject.Days(EnumSet.allOf(DayOfWeek.class))), new Finding.Place.Text(at, at), "");
    }

    private boolean separated() {
        in.blanks();
        return in.atEnd() || ",;、".indexOf(in.peek()) >= 0;
    }

    private void predicate(Statement statement) {
        in.blanks();
        int from = in.at;
        if (in.acceptAny(AS_USUAL) != null) {
            statement.say(Said.AS_USUAL, in.since(from), text(from));
        } else if (in.acceptAny(NOT_SET) != null) {
            statement.say(Said.NOT_SET, in.since(from), text(from));
        } else if (in.acceptAny(ALL_DAY) != null) {
            statement.open(Period.ALL_DAY, in.since(from), text(from));
            skip(List.of("不打烊", "不休息", "都营业", "营业", "开门", "开放", "服务"));
        } else if (in.acceptAny(LUNCH) != null) {
            lunch(statement, from);
        } else if (like(statement)) {
            return;
        } else if (timeAhead()) {
            times(statement);
        } else if (in.acceptAny(CLOSED) != null) {
            statement.say(Said.CLOSED, in.since(from), text(from));
        } else {
            throw unknown();
        }
    }

    private void lunch(Statement statement, int from) {
        skip(List.of("时间", "为", ":"));
        Period pause;
        if (timeAhead()) {
            var start = time();
            to();
            pause = start.until(time(), in.since(from), text(from), warnings);
        } else {
            pause = Period.of(12, 0, 13, 0);
            warnings.add(new Finding(in.since(from), Kind.LUNCH_ASSUMED, ""));
        }
        statement.pause(pause, in.since(from), text(from));
    }

    private boolean like(Statement statement) {
        int from = in.at;
        if (in.acceptAny(List.of("按照", "参照", "按", "同", "像", "和", "跟", "与")) == null) {
            return false;
        }
        in.blanks();
        var days = weekdays();
        if (days == null || days.size() != 1) {
            in.at = from;
            throw unknown();
        }
        skip(List.of("的营业时间", "的时间", "一样", "相同", "营业", "上班", "开门"));
        statement.say(Said.LIKE, in.since(from), text(from));
        statement.like = days.iterator().next();
        return true;
    }

    private void times(Statement statement) {
        int from = in.at;
        var start = time();
        int afterStart = in.at;
        in.blanks();
        boolean range = in.acceptAny(TO) != null;
        boolean opens = false;
        if (!range) {
            if (in.acceptAny(CLOSES) != null) {
                closes(statement, start, from);
                return;
            }
            opens = in.acceptAny(OPENS) != null;
            in.blanks();
            range = opens && in.acceptAny(TO) != null;
        }
        if (!range && timeAhead() && in.at >= afterStart) {
            int at = in.at;
            var next = time();
            in.at = at;
            // 早8晚10: two times side by side.
            range = next.part() != null;
        }
        if (!range) {
            if (!opens) {
                throw refusal(from, Kind.NOT_A_PERIOD);
            }
            if (pending != null) {
                throw refusal(from, Kind.CONTRADICTION);
            }
            pending = start;
            pendingAt = from;
            return;
        }
        var end = time();
        var period = start.until(end, in.since(from), text(from), warnings);
        var place = in.since(from);
        var said = text(from);
        in.blanks();
        if (opens && in.acceptAny(CLOSES) != null) {
            statement.open(period, place, said);
            return;
        }
        boolean firstHours = statement.periods.isEmpty() && pending == null;
        if (firstHours && in.acceptAny(List.of("打烊", "收摊", "关门")) != null) {
            statement.open(period, place, said);
        } else if (in.acceptAny(PAUSE) != null) {
            if (pending != null) {
                statement.breaks.add(period);
            } else {
                statement.pause(period, place, said);
            }
        } else {
            if (pending != null) {
                throw refusal(pendingAt, Kind.OPEN_END);
            }
            skip(OPENS);
            statement.open(period, place, said);
        }
    }

    /** 22 点打烊 ends what 11 点开门 began. */
    private void closes(Statement statement, WordsTime end, int from) {
        var start = pending;
        if (start == null) {
            throw refusal(from, Kind.NOT_A_PERIOD);
        }
        pending = null;
        Integer since = start.minutes();
        Integer until = end.minutes();
        var place = in.since(from);
        var said = text(from);
        if (statement.breaks.isEmpty() || since == null || until == null) {
            statement.open(start.until(end, place, said, warnings), place, said);
            return;
        }
        if (end.part() == null && until <= since && since < Period.DAY / 2) {
            throw refusal(from, Kind.AMBIGUOUS);
        }
        var next = start;
        for (var pause : statement.breaks) {
            Integer open = next.minutes();
            if (open == null || pause.start() <= open || pause.end() >= Period.DAY) {
                throw refusal(from, Kind.CONTRADICTION);
            }
            statement.open(new Period(open, pause.start()), place, said);
            next = new WordsTime(pause.end() / 60, pause.end() % 60, null, false);
        }
        statement.breaks.clear();
        statement.open(next.until(end, place, said, warnings), place, said);
    }

    // ---------- whom it is about ----------

    private List<Subject> subjects() {
        var subjects = new ArrayList<Subject>();
        while (true) {
            int from = in.at;
            boolean joined = subjects.isEmpty();
            if (!joined) {
                in.blanks();
                joined = in.acceptAny(List.of("、", ",", "以及", "和", "及", "与", "跟")) != null;
                in.blanks();
            }
            var subject = subject();
            if (subject.isEmpty()) {
                in.at = from;
                return subjects;
            }
            var last = subjects.isEmpty() ? null : subjects.getLast();
            var days = subject.size() == 1 && subject.getFirst() instanceof Subject.Days it ? it.days() : null;
            if (days != null
                    && !joined
                    && last instanceof Subject.Yearly(var first, var end, var before)
                    && before.isEmpty()) {
                subjects.set(subjects.size() - 1, new Subject.Yearly(first, end, days));
            } else if (days != null && !joined && !(last instanceof Subject.Days)) {
                // 春节每天: no news. 春节周末: more than can be said here.
                if (days.size() < DayOfWeek.values().length) {
                    throw refusal(from, Kind.CONTRADICTION);
                }
            } else if (days != null && last instanceof Subject.Days before) {
                var all = EnumSet.copyOf(before.days());
                all.addAll(days);
                subjects.set(subjects.size() - 1, new Subject.Days(all));
            } else {
                subjects.addAll(subject);
            }
        }
    }

    private List<Subject> subject() {
        in.blanks();
        int from = in.at;
        if (in.acceptAny(EVERY_DAY) != null) {
            return List.of(new Subject.Days(EnumSet.allOf(DayOfWeek.class)));
        }
        if (in.acceptAny(WORKDAYS) != null) {
            warnings.add(new Finding(in.since(from), Kind.WORKDAYS_ASSUMED, text(from)));
            return List.of(new Subject.Days(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)));
        }
        if (in.acceptAny(WEEKEND) != null) {
            return List.of(new Subject.Days(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)));
        }
        if (in.acceptAny(OTHERS) != null) {
            return List.of(new Subject.Others());
        }
        if (in.acceptAny(HOLIDAYS) != null) {
            return List.of(new Subject.Holidays());
        }
        if (in.acceptAny(REST) != null) {
            return List.of(new Subject.TransferredRest());
        }
        if (in.acceptAny(MAKE_UP) != null) {
            return List.of(new Subject.MakeUp());
        }
        boolean every = in.peek() == '每' && in.at < in.text.length();
        if (every) {
            in.at++;
        }
        var days = weekdays();
        if (days != null) {
            return List.of(new Subject.Days(days));
        }
        var dates = dates(every);
        if (dates != null) {
            return List.of(dates);
        }
        if (every) {
            in.at = from;
            return List.of();
        }
        var name = in.acceptAny(FESTIVALS.keySet());
        if (name != null) {
            in.accept("节");
            in.acceptAny(List.of("假期", "长假", "放假期间", "期间", "当日"));
            return festival(FESTIVALS.get(name), from);
        }
        in.at = from;
        return List.of();
    }

    private List<Subject> festival(@Nullable Festival festival, int from) {
        var subjects = new ArrayList<Subject>();
        int year = setting.today().getYear();
        for (int y = year; y <= year + 1; y++) {
            boolean published = setting.calendar().state(y) == YearState.PUBLISHED;
            if (!published && !subjects.isEmpty()) {
                break;
            }
            var days = setting.calendar().year(y).stream()
                    .filter(day -> day.holiday() && is(day, festival))
                    .map(CalendarDay::date)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            if (days.isEmpty() || days.getLast().isBefore(setting.today())) {
                continue;
            }
            var first = days.getFirst();
            var last = days.getLast();
            subjects.add(new Subject.Dates(first, last));
            warnings.add(new Finding(
                    in.since(from), published ? Kind.FESTIVAL_DATES : Kind.FESTIVAL_PROVISIONAL, first + " – " + last));
        }
        if (subjects.isEmpty()) {
            throw refusal(from, Kind.NO_SUCH_FESTIVAL);
        }
        return subjects;
    }

    private static boolean is(CalendarDay day, @Nullable Festival festival) {
        return day.festival() == festival
                || day.festival() == Festival.NATIONAL_DAY_AND_MID_AUTUMN
                        && (festival == Festival.NATIONAL_DAY || festival == Festival.MID_AUTUMN);
    }

    /** 周一, 周一三五, 周一、三、五, 周一到周五, 周六日; null if none stands here. */
    private @Nullable Set<DayOfWeek> weekdays() {
        int start = in.at;
        if (in.acceptAny(WEEK) == null) {
            return null;
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        var first = weekday();
        if (first == null) {
            in.at = start;
            throw unknown();
        }
        days.add(first);
        while (true) {
            int from = in.at;
            in.blanks();
            if (in.acceptAny(List.of("到", "至", "-", "~")) != null) {
                in.blanks();
                boolean named = in.acceptAny(WEEK) != null;
                var last = weekday();
                if (last == null) {
                    if (named) {
                        throw unknown();
                    }
                    in.at = from;
                    return days;
                }
                for (var day = first; day != last; day = day.plus(1)) {
                    days.add(day);
                }
                days.add(last);
                first = last;
                continue;
            }
            if (in.acceptAny(List.of("、", "和", "及", ",")) != null) {
                in.blanks();
                in.acceptAny(WEEK);
            }
            var more = weekday();
            if (more == null) {
                in.at = from;
                return days;
            }
            first = more;
            days.add(more);
        }
    }

    /** A single character for a day of the week that is not the beginning of a time or a date. */
    private @Nullable DayOfWeek weekday() {
        int index = WEEKDAYS.indexOf(in.peek());
        if (in.peek() >= '1' && in.peek() <= '7' && !Character.isDigit(in.peek(1))) {
            index = in.peek() - '1';
        }
        int next = 1;
        while (in.peek(next) == ' ') {
            next++;
        }
        char after = in.peek(next);
        boolean time =
                after != 0 && "点时:月号十半刻日".indexOf(after) >= 0 && !(after == '日' && WEEKDAYS.indexOf(in.peek()) >= 0);
        if (in.atEnd() || index < 0 || time) {
            return null;
        }
        in.at++;
        return DayOfWeek.of(Math.min(index, 6) + 1);
    }

    // ---------- dates ----------

    private record Day(
            @Nullable Integer year,
            @Nullable Integer month,
            @Nullable Integer day) {}

    /** @param every whether 每 stands before it */
    private @Nullable Subject dates(boolean every) {
        int from = in.at;
        if (every && !in.accept("年")) {
            return null;
        }
        var relative = in.acceptAny(List.of("今天", "明天", "后天"));
        if (relative != null) {
            var date = setting.today().plusDays(List.of("今天", "明天", "后天").indexOf(relative));
            warnings.add(new Finding(in.since(from), Kind.YEAR_ASSUMED, date.toString()));
            return new Subject.Dates(date, date);
        }
        var first = day(null);
        if (first == null) {
            in.at = from;
            return null;
        }
        int end = in.at;
        in.blanks();
        if (in.acceptAny(List.of("到", "至", "-", "~")) != null) {
            in.blanks();
            var last = day(first);
            if (last != null) {
                return subject(first, last, every, from);
            }
        }
        in.at = end;
        return subject(first, first, every, from);
    }

    /** @param before the day that a range began with, from which year and month carry on; null for the first */
    private @Nullable Day day(@Nullable Day before) {
        int from = in.at;
        var iso = iso();
        if (iso != null) {
            return iso;
        }
        Integer year = null;
        if (in.accept("今年")) {
            year = setting.today().getYear();
        } else if (in.accept("明年")) {
            year = setting.today().getYear() + 1;
        } else {
            int at = in.at;
            Integer number = yearNumber();
            in.blanks();
            if (number != null && in.accept("年")) {
                year = number;
            } else {
                in.at = at;
            }
        }
        in.blanks();
        int at = in.at;
        Integer number = number();
        in.blanks();
        if (number == null) {
            in.at = from;
            return null;
        }
        if (!in.accept("月")) {
            boolean range = before == null && toAhead();
            if (year == null && before != null && before.day() != null && in.acceptAny(List.of("日", "号")) != null) {
                return new Day(before.year(), before.month(), number);
            }
            in.at = from;
            if (year != null && !range) {
                in.at = at;
                throw unknown();
            }
            return null;
        }
        in.accept("份");
        in.blanks();
        int month = in.at;
        Integer day = number();
        in.blanks();
        if (day != null && (in.acceptAny(List.of("日", "号")) != null || before == null && toAhead())) {
            return new Day(year, number, day);
        }
        in.at = month;
        if (before != null && before.day() != null) {
            in.at = from;
            return null;
        }
        return new Day(year, number, null);
    }

    private boolean toAhead() {
        return List.of("到", "至", "-", "~").stream().anyMatch(it -> in.text.startsWith(it, in.at));
    }

    private @Nullable Day iso() {
        int from = in.at;
        var year = in.digits();
        char separator = in.peek();
        if (year.length() == 4 && (separator == '-' || separator == '/')) {
            in.at++;
            var month = in.digits();
            if (!month.isEmpty() && month.length() <= 2 && in.peek() == separator) {
                in.at++;
                var day = in.digits();
                if (!day.isEmpty() && day.length() <= 2) {
                    return new Day(Integer.valueOf(year), Integer.valueOf(month), Integer.valueOf(day));
                }
            }
        }
        in.at = from;
        return null;
    }

    private Subject subject(Day first, Day last, boolean every, int from) {
        int firstMonth = first.month() == null ? 0 : first.month();
        int lastMonth = last.month() == null ? 0 : last.month();
        try {
            if (every || first.year() == null && first.day() == null) {
                var start = MonthDay.of(firstMonth, first.day() == null ? 1 : first.day());
                var end = MonthDay.of(
                        lastMonth, last.day() == null ? Month.of(lastMonth).maxLength() : last.day());
                return new Subject.Yearly(start, end, EnumSet.noneOf(DayOfWeek.class));
            }
            if (first.year() != null) {
                int endYear = last.year() == null ? first.year() : last.year();
                var start = date(first.year(), firstMonth, first.day() == null ? 1 : first.day());
                var end = date(
                        endYear,
                        lastMonth,
                        last.day() == null ? YearMonth.of(endYear, lastMonth).lengthOfMonth() : last.day());
                if (end.isBefore(start) && last.year() == null && first.day() != null) {
                    end = end.plusYears(1);
                }
                return range(start, end, from);
            }
            int day = first.day() == null ? 1 : first.day();
            int lastDay = last.day() == null ? day : last.day();
            var start = date(setting.today().getYear(), firstMonth, day);
            int endYear = last.year() == null ? start.getYear() : last.year();
            var end = date(endYear, lastMonth, lastDay);
            if (last.year() != null) {
                return range(start, end, from);
            }
            if (end.isBefore(start)) {
                end = end.plusYears(1);
            }
            if (end.minusYears(1).isEqual(setting.today()) || end.minusYears(1).isAfter(setting.today())) {
                start = start.minusYears(1);
                end = end.minusYears(1);
            }
            if (end.isBefore(setting.today())) {
                start = date(start.getYear() + 1, firstMonth, day);
                end = end.plusYears(1);
            }
            var range = range(start, end, from);
            warnings.add(new Finding(
                    in.since(from), Kind.YEAR_ASSUMED, start.equals(end) ? start.toString() : start + " – " + end));
            return range;
        } catch (DateTimeException e) {
            throw refusal(from, Kind.NOT_A_DATE);
        }
    }

    private static LocalDate date(int year, int month, int day) {
        if (year < 1900 || year > 2199) {
            throw new DateTimeException("year " + year);
        }
        return LocalDate.of(year, month, day);
    }

    private Subject.Dates range(LocalDate start, LocalDate end, int from) {
        // 12 月 26 日到 24 日 is a slip, 12 月 24 日到 1 月 2 日 is not.
        if (end.isBefore(start)
                || ChronoUnit.DAYS.between(start, end) > 2 * HALF_A_YEAR + 1
                || start.getYear() < end.getYear() && ChronoUnit.DAYS.between(start, end) > HALF_A_YEAR) {
            throw refusal(from, Kind.REVERSED);
        }
        return new Subject.Dates(start, end);
    }

    // ---------- times ----------

    private boolean timeAhead() {
        int from = in.at;
        in.blanks();
        in.acceptAny(List.of("从", "自"));
        in.blanks();
        boolean ahead = in.acceptAny(List.of("次日", "第二天", "隔天", "翌日")) != null
                || in.acceptAny(PARTS.keySet()) != null
                || in.acceptAny(List.of("零点", "午夜", "正午")) != null
                || number() != null;
        in.at = from;
        return ahead;
    }

    private void to() {
        in.blanks();
        if (in.acceptAny(TO) == null) {
            throw unknown();
        }
    }

    private WordsTime time() {
        in.blanks();
        in.acceptAny(List.of("从", "自"));
        in.blanks();
        int from = in.at;
        boolean nextDay = in.acceptAny(List.of("次日", "第二天", "隔天", "翌日")) != null;
        in.blanks();
        if (in.accept("午夜")) {
            return new WordsTime(24, 0, null, false);
        }
        if (in.accept("正午")) {
            return new WordsTime(12, 0, null, false);
        }
        var word = in.acceptAny(PARTS.keySet());
        var part = word == null ? null : PARTS.get(word);
        in.blanks();
        Integer hour = number();
        if (hour == null) {
            if (part == Part.NOON) {
                return new WordsTime(12, 0, null, nextDay);
            }
            throw unknown();
        }
        int minute = 0;
        int end = in.at;
        in.blanks();
        if (in.accept(":")) {
            var digits = in.digits();
            if (digits.length() != 2) {
                throw refusal(from, Kind.NOT_A_TIME);
            }
            minute = Integer.parseInt(digits);
        } else if (in.acceptAny(List.of("点钟", "点整", "点", "时")) != null) {
            minute = minute();
        } else {
            in.at = end;
            in.blanks();
            // A bare number is a time in 早8晚10 and in 9-18点.
            if (part == null && !nextDay && !toAhead() && !afterTo(from)) {
                throw in.atEnd() || separated() ? refusal(from, Kind.UNKNOWN_WORD) : unknown();
            }
            in.at = end;
        }
        var time = new WordsTime(hour, minute, part, nextDay);
        if (time.minutes() == null) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        return time;
    }

    /** Whether the word for "to" stands right before. */
    private boolean afterTo(int at) {
        var before = in.text.substring(0, at).stripTrailing();
        return TO.stream().anyMatch(before::endsWith);
    }

    private int minute() {
        int from = in.at;
        in.blanks();
        if (in.accept("半")) {
            return 30;
        }
        if (in.accept("整") || in.accept("钟")) {
            return 0;
        }
        if (in.accept("一刻")) {
            return 15;
        }
        if (in.accept("三刻")) {
            return 45;
        }
        int digits = in.at;
        Integer number = number();
        int length = in.at - digits;
        int end = in.at;
        in.blanks();
        if (number == null) {
            in.at = from;
            return 0;
        }
        if (in.accept("分")) {
            in.accept("钟");
        } else if (length < 2 || "点时:月号日小".indexOf(in.peek()) >= 0 && !in.atEnd()) {
            in.at = from;
            return 0;
        } else {
            in.at = end;
        }
        if (number > 59) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        return number;
    }

    /** 0 to 99, in digits or as 二十三; consumed; null if none. */
    private @Nullable Integer number() {
        int from = in.at;
        var digits = in.digits();
        if (!digits.isEmpty()) {
            if (digits.length() > 2) {
                in.at = from;
                return null;
            }
            return Integer.valueOf(digits);
        }
        int tens = digit();
        if (tens == 0 && in.peek() != '十') {
            int unit = digit();
            return unit < 0 ? 0 : unit;
        }
        if (in.peek() != '十') {
            return tens < 0 ? null : Integer.valueOf(tens);
        }
        in.at++;
        int unit = digit();
        return (tens < 0 ? 1 : tens) * 10 + Math.max(unit, 0);
    }

    private int digit() {
        int value = in.peek() == '两' ? 2 : DIGITS.indexOf(in.peek());
        if (in.atEnd() || value < 0) {
            return -1;
        }
        in.at++;
        return value;
    }

    private @Nullable Integer yearNumber() {
        int from = in.at;
        var digits = in.digits();
        if (digits.length() == 4) {
            return Integer.valueOf(digits);
        }
        in.at = from;
        int year = 0;
        int count = 0;
        for (int digit = digit(); digit >= 0; digit = digit()) {
            year = year * 10 + digit;
            if (++count > 4) {
                break;
            }
        }
        if (count == 4) {
            return year;
        }
        in.at = from;
        return null;
    }

    // ---------- letters ----------

    private void separators() {
        while (!in.atEnd() && " \t\r,;、".indexOf(in.peek()) >= 0) {
            in.at++;
        }
    }

    private void skip(List<String> words) {
        do {
            in.blanks();
        } while (in.acceptAny(words) != null);
    }

    private boolean anyAhead(List<String> words) {
        return words.stream().anyMatch(it -> in.text.startsWith(it, in.at));
    }

    /** The word that is not understood: up to the next blank, mark or digit. */
    private Refusal unknown() {
        in.blanks();
        int from = in.at;
        while (!in.atEnd() && " ,;、".indexOf(in.peek()) < 0 && in.at - from < 12) {
            in.at++;
        }
        return refusal(from, Kind.UNKNOWN_WORD);
    }

    private Refusal refusal(int from, Kind kind) {
        return new Refusal(new Finding(in.since(from), kind, text(from)));
    }

    private String text(int from) {
        return original.substring(from, in.at).strip();
    }

    private static List<String> words(String words) {
        return List.of(words.split(" "));
    }

    /** Full-width forms, traditional characters and sentence marks as their plain ones; every character keeps its place. */
    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(
                    switch (c) {
                        case '\u3000', '\u00a0', '\u2009', '\t', '\r' -> ' ';
                        case '。', '；', '！', '!', '\n' -> ';';
                        case '–', '—', '−', '‐', '－' -> '-';
                        case '〜', '～' -> '~';
                        case '〇', '○' -> '零';
                        case '週' -> '周';
                        case '點' -> '点';
                        case '號' -> '号';
                        case '時' -> '时';
                        case '開' -> '开';
                        case '營' -> '营';
                        case '業' -> '业';
                        case '關' -> '关';
                        case '門' -> '门';
                        case '節' -> '节';
                        case '兩' -> '两';
                        case '間' -> '间';
                        case '國' -> '国';
                        case '慶' -> '庆';
                        case '勞' -> '劳';
                        case '動' -> '动';
                        case '禮' -> '礼';
                        default -> c >= '！' && c <= '～' ? (char) (c - 0xFEE0) : c;
                    });
        }
        return plain.toString();
    }
}
