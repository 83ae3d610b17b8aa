package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.Year;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads opening_hours by the grammar of specification 0.7.2, strictly and with the place of every error, which is why it is
 * written here: the parsers at hand give no places in their syntax trees.
 *
 * <p>Where a shift runs past midnight it belongs to the day it starts on. opening_hours.js cuts it where another rule governs
 * the next day; a shopkeeper who closes on Monday does not send Sunday night's guests home at twelve.
 */
final class OsmReader {

    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_RULES = 100;
    private static final int MAX_SHIFTS = 24;
    private static final int LAST_HOUR = 48;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;
    private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final Set<String> SUN = Set.of("sunrise", "sunset", "dawn", "dusk");

    private final Cursor in;
    private final Setting setting;
    private final List<Finding> warnings = new ArrayList<>();

    OsmReader(String text, Setting setting) {
        this.in = new Cursor(text);
        this.setting = setting;
    }

    Read read() {
        try {
            if (in.text.length() > MAX_LENGTH) {
                throw new Refusal(Finding.of(Kind.TOO_LONG, Integer.toString(in.text.length())));
            }
            var rules = rules();
            var composed = new OsmComposer(rules, setting).compose();
            warnings.addAll(composed.warnings());
            return new Read.Valid(composed.document(), warnings);
        } catch (Refusal refused) {
            return new Read.Invalid(List.of(refused.finding()));
        }
    }

    List<OsmRule> rules() {
        var rules = new ArrayList<OsmRule>();
        in.blanks();
        if (in.atEnd()) {
            throw refusal(0, Kind.EMPTY);
        }
        rules.add(rule(false));
        while (true) {
            in.blanks();
            if (in.atEnd()) {
                return rules;
            }
            int from = in.at;
            if (in.accept("||")) {
                fallback(from);
                return rules;
            }
            boolean additive = in.accept(",");
            if (!additive && !in.accept(";")) {
                throw unknown();
            }
            in.blanks();
            if (in.atEnd()) {
                if (additive) {
                    throw refusal(from, Kind.UNKNOWN_WORD);
                }
                warn(from, Kind.SPELLING);
                return rules;
            }
            if (rules.size() == MAX_RULES) {
                throw refusal(from, Kind.TOO_MANY);
            }
            rules.add(rule(additive));
        }
    }

    /** "|| unknown" and "|| closed" change nothing about when it is open and may be left out; opening times may not. */
    private void fallback(int from) {
        in.blanks();
        boolean harmless = in.accept("unknown") || in.accept("closed") || in.accept("off");
        in.blanks();
        int at = in.at;
        var comment = in.peek() == '"' ? comment() : null;
        in.blanks();
        if (!in.atEnd() || !harmless && comment == null) {
            in.at = in.text.length();
            throw refusal(from, Kind.FALLBACK);
        }
        in.at = Math.max(in.at, at);
        warn(from, Kind.FALLBACK_DROPPED);
    }

    private OsmRule rule(boolean additive) {
        int from = in.at;
        List<OsmRule.Span> spans = List.of();
        Selector selector = new Selector(EnumSet.noneOf(DayOfWeek.class), false, false);
        var shifts = new ArrayList<OsmRule.Shift>();
        boolean something = false;
        if (in.text.startsWith("24/7", in.at)) {
            in.at += 4;
            something = true;
        } else {
            spans = spans();
            in.blanks();
            if (in.accept(":")) {
                in.blanks();
            }
            int before = in.at;
            selector = selector();
            in.blanks();
            boolean named = !spans.isEmpty() || in.at > before;
            if (named && in.accept(":")) {
                in.blanks();
            }
            something = named;
            if (startsTime()) {
                shifts.addAll(shifts());
                something = true;
            }
        }
        in.blanks();
        int state = in.at;
        boolean off = false;
        boolean said = false;
        var word = Character.isLetter(in.peek()) ? in.letters() : "";
        switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> {}
            case "off", "closed" -> {
                off = true;
                said = true;
            }
            case "open" -> said = true;
            case "unknown" -> throw refusal(state, Kind.UNKNOWN_STATE);
            default -> throw unknownSince(state);
        }
        spelling(state, word, word.toLowerCase(Locale.ROOT));
        in.blanks();
        String comment = null;
        int quote = in.at;
        if (in.peek() == '"') {
            comment = comment();
            if (!said) {
                // A comment alone means "unknown, ask": neither open nor closed.
                throw refusal(quote, Kind.UNKNOWN_STATE);
            }
        }
        if (!something && !said) {
            throw unknown();
        }
        if (something && !said && shifts.isEmpty() && !in.from(from).startsWith("24/7")) {
            warn(from, Kind.ALL_DAY_ASSUMED);
        }
        return new OsmRule(
                spans, selector.days, selector.holidays, selector.both, shifts, off, additive, comment, in.since(from));
    }

    private String comment() {
        int from = in.at;
        in.at++;
        while (!in.atEnd() && in.peek() != '"') {
            in.at++;
        }
        if (!in.accept("\"")) {
            throw refusal(from, Kind.UNKNOWN_WORD);
        }
        return in.text.substring(from + 1, in.at - 1).strip();
    }

    // ---------- years, months and dates ----------

    private List<OsmRule.Span> spans() {
        var spans = new ArrayList<OsmRule.Span>();
        while (true) {
            int from = in.at;
            refuseUnsupported();
            if (!startsYear() && month() == null) {
                if (spans.isEmpty()) {
                    return spans;
                }
                in.at = from;
                throw unknown();
            }
            in.at = from;
            spans.add(span());
            int end = in.at;
            in.blanks();
            if (!in.accept(",")) {
                in.at = end;
                return spans;
            }
            in.blanks();
            int next = in.at;
            boolean goesOn = startsYear() || month() != null || isEaster();
            in.at = goesOn ? next : end;
            if (!goesOn) {
                return spans;
            }
        }
    }

    private OsmRule.Span span() {
        int from = in.at;
        Integer year = startsYear() ? year() : null;
        in.blanks();
        var month = month();
        if (month == null) {
            return years(from, year == null ? 0 : year);
        }
        in.blanks();
        Integer day = day();
        int end = in.at;
        in.blanks();
        refuseNth();
        if ((in.peek() == '+' || in.peek() == '-') && offsets()) {
            throw refusal(from, Kind.DAY_OFFSET);
        }
        if (in.accept("+")) {
            throw refusal(from, Kind.OPEN_END);
        }
        if (!in.accept("-")) {
            in.at = end;
            return made(from, year, month, day, year, month, day);
        }
        in.blanks();
        int second = in.at;
        refuseUnsupported();
        Integer lastYear = startsYear() ? Integer.valueOf(year()) : year;
        in.blanks();
        var lastMonth = month();
        in.blanks();
        Integer lastDay = day();
        if (lastMonth == null && lastDay == null || lastMonth == null && day == null) {
            in.at = Math.max(second, in.at);
            throw unknown();
        }
        if (day == null && lastDay != null || day != null && lastDay == null) {
            throw refusal(from, Kind.NOT_A_DATE);
        }
        if (in.peek() == '/') {
            in.at++;
            in.digits();
            throw refusal(from, Kind.DAY_OFFSET);
        }
        boolean sameMonth = lastMonth == null || lastMonth == month;
        if (year == null && sameMonth && day != null && lastDay != null && lastDay < day) {
            throw refusal(from, Kind.REVERSED);
        }
        return made(from, year, month, day, lastYear, lastMonth == null ? month : lastMonth, lastDay);
    }

    private OsmRule.Span years(int from, int first) {
        int last = first;
        int end = in.at;
        if (in.accept("+")) {
            throw refusal(from, Kind.OPEN_END);
        }
        if (in.accept("-")) {
            in.blanks();
            if (!startsYear()) {
                throw unknown();
            }
            last = year();
            end = in.at;
        }
        in.at = end;
        if (in.peek() == '/') {
            in.at++;
            in.digits();
            throw refusal(from, Kind.DAY_OFFSET);
        }
        if (last < first) {
            throw refusal(from, Kind.REVERSED);
        }
        return new OsmRule.Dated(LocalDate.of(first, 1, 1), LocalDate.of(last, 12, 31));
    }

    private OsmRule.Span made(
            int from,
            @Nullable Integer year,
            Month month,
            @Nullable Integer day,
            @Nullable Integer lastYear,
            Month lastMonth,
            @Nullable Integer lastDay) {
        try {
            if (year == null) {
                if (lastYear != null) {
                    throw refusal(from, Kind.NOT_A_DATE);
                }
                return new OsmRule.Yearly(
                        MonthDay.of(month, day == null ? 1 : day),
                        MonthDay.of(lastMonth, lastDay == null ? lastMonth.maxLength() : lastDay));
            }
            int endYear = lastYear == null ? year : lastYear;
            var first = LocalDate.of(year, month, day == null ? 1 : day);
            var last = LocalDate.of(
                    endYear, lastMonth, lastDay == null ? lastMonth.length(Year.isLeap(endYear)) : lastDay);
            if (last.isBefore(first)) {
                throw refusal(from, Kind.REVERSED);
            }
            return new OsmRule.Dated(first, last);
        } catch (DateTimeException e) {
            throw refusal(from, Kind.NOT_A_DATE);
        }
    }

    private boolean startsYear() {
        int i = 0;
        while (Character.isDigit(in.peek(i))) {
            i++;
        }
        return i == 4 && in.peek(i) != ':';
    }

    private int year() {
        int from = in.at;
        int year = Integer.parseInt(in.digits());
        if (year < FIRST_YEAR || year > LAST_YEAR || in.peek() == '-' && Character.isDigit(in.peek(1)) && iso()) {
            throw refusal(from, Kind.NOT_A_DATE);
        }
        return year;
    }

    /** 2026-12-24 is not the way of this format: 2026 Dec 24. */
    private boolean iso() {
        int digits = 0;
        while (Character.isDigit(in.peek(1 + digits))) {
            digits++;
        }
        if (digits > 2) {
            return false;
        }
        while (Character.isDigit(in.peek()) || in.peek() == '-') {
            in.at++;
        }
        return true;
    }

    private @Nullable Month month() {
        int from = in.at;
        var word = in.letters();
        for (int i = 0; i < MONTHS.size(); i++) {
            if (word.equalsIgnoreCase(MONTHS.get(i))) {
                spelling(from, word, MONTHS.get(i));
                return Month.of(i + 1);
            }
        }
        in.at = from;
        return null;
    }

    private @Nullable Integer day() {
        int from = in.at;
        var digits = in.digits();
        if (digits.isEmpty() || digits.length() > 2 || in.peek() == ':') {
            in.at = from;
            return null;
        }
        return Integer.valueOf(digits);
    }

    /** Whether "-2 days" or "+1 day" stands ahead. */
    private boolean offsets() {
        int i = 1;
        while (in.peek(i) == ' ' || Character.isDigit(in.peek(i))) {
            i++;
        }
        return in.text.startsWith("day", in.at + i);
    }

    private boolean isEaster() {
        return in.text.regionMatches(true, in.at, "easter", 0, 6);
    }

    private void refuseUnsupported() {
        int from = in.at;
        var word = in.letters().toLowerCase(Locale.ROOT);
        switch (word) {
            case "easter" -> throw refusal(from, Kind.EASTER);
            case "week" -> throw refusal(from, Kind.WEEK_NUMBER);
            case "sh" -> throw refusal(from, Kind.SCHOOL_HOLIDAY);
            default -> in.at = from;
        }
    }

    private void refuseNth() {
        int from = in.at;
        var day = weekday();
        if (day != null && in.peek() == '[') {
            in.at++;
            throw refusal(from, Kind.NTH_WEEKDAY);
        }
        in.at = from;
    }

    // ---------- days of the week and holidays ----------

    private record Selector(Set<DayOfWeek> days, boolean holidays, boolean both) {}

    private Selector selector() {
        var days = EnumSet.noneOf(DayOfWeek.class);
        boolean holidays = false;
        boolean both = false;
        boolean expected = false;
        while (true) {
            int from = in.at;
            refuseUnsupported();
            if (holiday()) {
                holidays = true;
                int end = in.at;
                in.blanks();
                if ((in.peek() == '+' || in.peek() == '-') && offsets()) {
                    in.at = end;
                    throw refusal(from, Kind.DAY_OFFSET);
                }
                if (days.isEmpty() && weekdayAhead()) {
                    both = true;
                    expected = true;
                    continue;
                }
                in.at = end;
            } else {
                var first = weekday();
                if (first == null) {
                    if (expected) {
                        throw unknown();
                    }
                    return new Selector(days, holidays, both);
                }
                if (in.peek() == '[') {
                    while (!in.atEnd() && in.peek() != ']') {
                        in.at++;
                    }
                    in.accept("]");
                    throw refusal(from, Kind.NTH_WEEKDAY);
                }
                var last = first;
                if (in.accept("-")) {
                    var named = weekday();
                    if (named == null) {
                        throw unknown();
                    }
                    last = named;
                }
                for (var day = first; ; day = day.plus(1)) {
                    days.add(day);
                    if (day == last) {
                        break;
                    }
                }
            }
            int end = in.at;
            in.blanks();
            if (!in.accept(",")) {
                in.at = end;
                return new Selector(days, holidays, both);
            }
            in.blanks();
            expected = true;
        }
    }

    private boolean holiday() {
        int from = in.at;
        var word = in.letters();
        if (word.equalsIgnoreCase("PH")) {
            spelling(from, word, "PH");
            return true;
        }
        in.at = from;
        return false;
    }

    private boolean weekdayAhead() {
        int from = in.at;
        int warned = warnings.size();
        boolean ahead = weekday() != null;
        in.at = from;
        while (warnings.size() > warned) {
            warnings.removeLast();
        }
        return ahead;
    }

    private @Nullable DayOfWeek weekday() {
        int from = in.at;
        var word = in.letters();
        for (int i = 0; i < DAYS.size(); i++) {
            if (word.equalsIgnoreCase(DAYS.get(i))) {
                spelling(from, word, DAYS.get(i));
                return DayOfWeek.of(i + 1);
            }
        }
        in.at = from;
        return null;
    }

    // ---------- times ----------

    private boolean startsTime() {
        char ahead = in.peek();
        return Character.isDigit(ahead) || ahead == '(' || SUN.contains(wordAhead());
    }

    private String wordAhead() {
        int from = in.at;
        var word = in.letters().toLowerCase(Locale.ROOT);
        in.at = from;
        return word;
    }

    private List<OsmRule.Shift> shifts() {
        var shifts = new ArrayList<OsmRule.Shift>();
        while (true) {
            int from = in.at;
            var shift = shift();
            for (var other : shifts) {
                if (other.start() < shift.end() && shift.start() < other.end()) {
                    throw refusal(from, Kind.OVERLAP);
                }
            }
            if (shifts.size() == MAX_SHIFTS) {
                throw refusal(from, Kind.TOO_MANY);
            }
            shifts.add(shift);
            int end = in.at;
            in.blanks();
            if (!in.accept(",")) {
                in.at = end;
                return shifts;
            }
            in.blanks();
            if (!startsTime() || startsYear()) {
                in.at = end;
                return shifts;
            }
        }
    }

    private OsmRule.Shift shift() {
        int from = in.at;
        int start = time(LAST_HOUR / 2 - 1);
        in.blanks();
        if (in.accept("+")) {
            throw refusal(from, Kind.OPEN_END);
        }
        if (!in.accept("-")) {
            throw in.atEnd() || in.peek() == ',' || in.peek() == ';' ? refusal(from, Kind.NOT_A_PERIOD) : unknown();
        }
        in.blanks();
        int second = in.at;
        int end = time(LAST_HOUR);
        if (in.accept("+")) {
            throw refusal(from, Kind.OPEN_END);
        }
        if (in.accept("/")) {
            in.digits();
            throw refusal(from, Kind.TIME_STEPS);
        }
        if (end > Period.DAY) {
            warn(second, Kind.EXTENDED_HOURS);
        }
        if (end <= start) {
            end += Period.DAY;
        }
        var shift = new OsmRule.Shift(start, end);
        if (shift.isLong()) {
            warn(from, Kind.LONG_SHIFT);
        }
        return shift;
    }

    private int time(int lastHour) {
        int from = in.at;
        if (in.peek() == '(' || SUN.contains(wordAhead())) {
            while (!in.atEnd() && in.peek() != ',' && in.peek() != ';') {
                in.at++;
            }
            throw refusal(from, Kind.SUN);
        }
        var hour = in.digits();
        if (hour.isEmpty()) {
            throw unknown();
        }
        if (!in.accept(":")) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        var minute = in.digits();
        if (hour.length() > 2 || minute.length() != 2) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        int h = Integer.parseInt(hour);
        int m = Integer.parseInt(minute);
        if (h > lastHour || m > 59 || h == LAST_HOUR && m > 0) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        if (hour.length() == 1) {
            warn(from, Kind.SPELLING);
        }
        return h * 60 + m;
    }

    // ---------- saying so ----------

    private void spelling(int from, String word, String right) {
        if (!word.equals(right)) {
            warn(from, Kind.SPELLING);
        }
    }

    private void warn(int from, Kind kind) {
        warnings.add(new Finding(in.since(from), kind, in.from(from)));
    }

    private Refusal refusal(int from, Kind kind) {
        return new Refusal(new Finding(in.since(from), kind, in.from(from)));
    }

    /** Whatever stands here, up to the next blank or separator. */
    private Refusal unknown() {
        return unknownSince(in.at);
    }

    private Refusal unknownSince(int from) {
        in.at = Math.max(in.at, Math.min(from + 1, in.text.length()));
        while (!in.atEnd() && " ,;\t\n".indexOf(in.peek()) < 0) {
            in.at++;
        }
        return refusal(from, Kind.UNKNOWN_WORD);
    }
}
