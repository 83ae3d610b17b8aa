package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Said;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Statement;
import dev.zhanggui.portal.tradinghours.interchange.WordsPlan.Subject;
import dev.zhanggui.portal.tradinghours.interchange.WordsTime.Part;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads hours in plain English: Mon to Fri 9am-6pm, weekends 10:00-22:00, public holidays closed. Smaller than the Chinese. */
final class EnglishReader {

    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_STATEMENTS = 200;
    private static final int HALF_A_YEAR = 183;
    private static final List<String> TO = List.of("through", "until", "till", "to", "-");
    private static final List<String> EVERY_DAY = List.of("every day", "each day", "everyday", "daily");
    private static final List<String> WEEKDAYS = List.of("weekdays", "weekday", "workdays", "working days");
    private static final List<String> WEEKEND = List.of("weekends", "weekend");
    private static final List<String> HOLIDAYS = List.of("public holidays", "bank holidays", "holidays");
    private static final List<String> REST = List.of("transferred rest days");
    private static final List<String> MAKE_UP = List.of("make-up workdays", "make-up days", "makeup workdays");
    private static final List<String> CLOSED = List.of("closed", "off", "shut");
    private static final List<String> ALL_DAY =
            List.of("open 24 hours", "24 hours a day", "24 hours", "24h", "24/7", "around the clock", "all day");
    private static final List<String> NOT_SET = List.of("no trading hours set yet", "not set");
    private static final List<String> PAUSE = List.of("lunch break", "break", "except", "but not", "closed");

    private final String original;
    private final Cursor in;
    private final Setting setting;
    private final List<Finding> warnings = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();

    EnglishReader(String text, Setting setting) {
        this.original = text;
        this.in = new Cursor(plain(text));
        this.setting = setting;
    }

    Read read() {
        if (original.length() > MAX_LENGTH) {
            return new Read.Invalid(List.of(Finding.of(Kind.TOO_LONG, Integer.toString(original.length()))));
        }
        try {
            while (true) {
                while (!in.atEnd() && " \t\r,;".indexOf(in.peek()) >= 0) {
                    in.at++;
                }
                if (in.atEnd()) {
                    break;
                }
                if (statements.size() > MAX_STATEMENTS) {
                    throw new Refusal(Finding.of(Kind.TOO_MANY, Integer.toString(statements.size())));
                }
                statement();
            }
            if (statements.isEmpty()) {
                throw new Refusal(Finding.of(Kind.EMPTY, ""));
            }
            return new WordsPlan(setting, warnings).compose(statements);
        } catch (Refusal refused) {
            return new Read.Invalid(List.of(refused.finding()));
        }
    }

    private void statement() {
        int from = in.at;
        var subjects = subjects();
        if (!subjects.isEmpty()) {
            statements.add(new Statement(subjects, in.since(from), text(from)));
            in.blanks();
            in.accept(":");
        } else if (statements.isEmpty()) {
            boolean notSet = NOT_SET.stream().anyMatch(it -> in.text.startsWith(it, from));
            if (!notSet) {
                warnings.add(new Finding(new Finding.Place.Text(from, from), Kind.EVERY_DAY_ASSUMED, ""));
            }
            var every = new Subject.Days(EnumSet.allOf(DayOfWeek.class));
            statements.add(new Statement(List.of(every), new Finding.Place.Text(from, from), ""));
        }
        predicate(statements.getLast());
    }

    private void predicate(Statement statement) {
        in.blanks();
        int from = in.at;
        if (words(List.of("as usual", "open as usual", "usual hours")) != null) {
            statement.say(Said.AS_USUAL, in.since(from), text(from));
        } else if (words(NOT_SET) != null) {
            statement.say(Said.NOT_SET, in.since(from), text(from));
        } else if (words(ALL_DAY) != null) {
            statement.open(Period.ALL_DAY, in.since(from), text(from));
        } else if (words(List.of("like", "same as", "as on")) != null) {
            in.blanks();
            var day = weekday();
            if (day == null) {
                throw unknown();
            }
            statement.say(Said.LIKE, in.since(from), text(from));
            statement.like = day;
        } else if (statement.said == Said.HOURS && words(PAUSE) != null) {
            in.blanks();
            Period pause;
            if (Character.isDigit(in.peek())) {
                pause = range(from);
            } else {
                pause = Period.of(12, 0, 13, 0);
                warnings.add(new Finding(in.since(from), Kind.LUNCH_ASSUMED, ""));
            }
            statement.pause(pause, in.since(from), text(from));
        } else if (words(CLOSED) != null) {
            statement.say(Said.CLOSED, in.since(from), text(from));
        } else {
            words(List.of("open from", "open", "from"));
            in.blanks();
            var period = range(in.at);
            statement.open(period, in.since(from), text(from));
            in.blanks();
            words(List.of("and", "&"));
        }
    }

    private Period range(int from) {
        var start = time();
        in.blanks();
        if (in.acceptAny(TO) == null) {
            throw in.atEnd() || ",;".indexOf(in.peek()) >= 0 ? refusal(from, Kind.NOT_A_PERIOD) : unknown();
        }
        var end = time();
        in.blanks();
        if (words(List.of("next day", "the next day")) != null) {
            end = new WordsTime(end.hour(), end.minute(), null, true);
        }
        if (start.part() == null && end.part() != null && start.hour() > 0 && start.hour() <= 12) {
            int twelve = (end.hour() + 11) % 12 + 1;
            // "9-6pm" begins in the morning; "1-5pm" might begin at either.
            if (start.hour() <= twelve) {
                throw refusal(from, Kind.AMBIGUOUS);
            }
            warnings.add(
                    new Finding(in.since(from), Kind.HOUR_ASSUMED, Period.clock(start.hour() * 60 + start.minute())));
        }
        return new WordsTime(start.hour(), start.minute(), null, false)
                .until(
                        end.part() == Part.AFTERNOON
                                ? new WordsTime(end.hour(), end.minute(), null, end.nextDay())
                                : end,
                        in.since(from),
                        text(from),
                        warnings);
    }

    /** Hours are made 24; the part remembers am (NIGHT) and pm (AFTERNOON). */
    private WordsTime time() {
        in.blanks();
        int from = in.at;
        if (words(List.of("noon")) != null) {
            return new WordsTime(12, 0, null, false);
        }
        if (words(List.of("midnight")) != null) {
            return new WordsTime(24, 0, null, false);
        }
        var digits = in.digits();
        if (digits.isEmpty()) {
            throw unknown();
        }
        if (digits.length() > 2) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        int hour = Integer.parseInt(digits);
        int minute = 0;
        boolean colon = in.accept(":");
        if (colon) {
            var rest = in.digits();
            if (rest.length() != 2) {
                throw refusal(from, Kind.NOT_A_TIME);
            }
            minute = Integer.parseInt(rest);
        }
        int end = in.at;
        in.blanks();
        Part part = null;
        if (words(List.of("am", "a.m.")) != null) {
            part = Part.NIGHT;
        } else if (words(List.of("pm", "p.m.")) != null) {
            part = Part.AFTERNOON;
        } else {
            in.at = end;
        }
        if (part != null && (hour < 1 || hour > 12) || hour > 24 || minute > 59 || hour == 24 && minute > 0) {
            throw refusal(from, Kind.NOT_A_TIME);
        }
        if (part != null) {
            hour = hour % 12 + (part == Part.AFTERNOON ? 12 : 0);
        }
        return new WordsTime(hour, minute, part == Part.NIGHT && hour > 6 ? Part.MORNING : part, false);
    }

    // ---------- whom it is about ----------

    private List<Subject> subjects() {
        var subjects = new ArrayList<Subject>();
        while (true) {
            int from = in.at;
            in.blanks();
            if (!subjects.isEmpty()) {
                in.accept(",");
                in.blanks();
                words(List.of("and", "&"));
                in.blanks();
            }
            var subject = subject();
            if (subject == null) {
                in.at = from;
                return subjects;
            }
            if (subject instanceof Subject.Days it
                    && !subjects.isEmpty()
                    && subjects.getLast() instanceof Subject.Days before) {
                var all = EnumSet.copyOf(before.days());
                all.addAll(it.days());
                subjects.set(subjects.size() - 1, new Subject.Days(all));
            } else {
                subjects.add(subject);
            }
        }
    }

    private @Nullable Subject subject() {
        if (words(EVERY_DAY) != null) {
            return new Subject.Days(EnumSet.allOf(DayOfWeek.class));
        }
        if (words(WEEKDAYS) != null) {
            return new Subject.Days(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        }
        if (words(WEEKEND) != null) {
            return new Subject.Days(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        }
        if (words(HOLIDAYS) != null) {
            return new Subject.Holidays();
        }
        if (words(REST) != null) {
            return new Subject.TransferredRest();
        }
        if (words(MAKE_UP) != null) {
            return new Subject.MakeUp();
        }
        var first = weekday();
        if (first == null) {
            return dates();
        }
        int end = in.at;
        in.blanks();
        if (in.acceptAny(TO) != null) {
            in.blanks();
            var last = weekday();
            if (last == null) {
                throw unknown();
            }
            var days = EnumSet.of(first);
            for (var day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
            return new Subject.Days(days);
        }
        in.at = end;
        return new Subject.Days(EnumSet.of(first));
    }

    private @Nullable DayOfWeek weekday() {
        int from = in.at;
        var word = in.letters();
        for (var day : DayOfWeek.values()) {
            var name = day.name().toLowerCase(Locale.ROOT);
            boolean known = word.equals(name)
                    || word.equals(name + "s")
                    || word.length() >= 3 && word.length() <= 5 && name.startsWith(word);
            if (known) {
                return day;
            }
        }
        in.at = from;
        return null;
    }

    private record Day(@Nullable Integer year, Month month, int day) {}

    private @Nullable Subject dates() {
        int from = in.at;
        var first = date();
        if (first == null) {
            in.at = from;
            return null;
        }
        int end = in.at;
        in.blanks();
        var last = first;
        if (in.acceptAny(TO) != null) {
            in.blanks();
            var named = date();
            if (named == null) {
                throw unknown();
            }
            last = named;
        } else {
            in.at = end;
        }
        int year = setting.today().getYear();
        try {
            if (first.year != null || last.year != null) {
                int firstYear = first.year == null ? year(last) : first.year;
                var start = LocalDate.of(firstYear, first.month, first.day);
                var until = LocalDate.of(last.year == null ? firstYear : last.year, last.month, last.day);
                if (until.isBefore(start)) {
                    throw refusal(from, Kind.REVERSED);
                }
                return new Subject.Dates(start, until);
            }
            var start = LocalDate.of(year, first.month, first.day);
            var until = LocalDate.of(year, last.month, last.day);
            if (until.isBefore(start)) {
                until = until.plusYears(1);
            }
            if (!until.minusYears(1).isBefore(setting.today())) {
                start = start.minusYears(1);
                until = until.minusYears(1);
            }
            if (until.isBefore(setting.today())) {
                start = LocalDate.of(start.getYear() + 1, first.month, first.day);
                until = until.plusYears(1);
            }
            if (until.isBefore(start)
                    || start.getYear() < until.getYear() && until.toEpochDay() - start.toEpochDay() > HALF_A_YEAR) {
                throw refusal(from, Kind.REVERSED);
            }
            warnings.add(new Finding(in.since(from), Kind.YEAR_ASSUMED, start + " – " + until));
            return new Subject.Dates(start, until);
        } catch (DateTimeException e) {
            throw refusal(from, Kind.NOT_A_DATE);
        }
    }

    private int year(Day day) {
        return day.year == null ? setting.today().getYear() : day.year;
    }

    /** 24 Dec, 24 December 2026, Dec 24, 2026. */
    private @Nullable Day date() {
        var digits = in.digits();
        in.blanks();
        var month = month();
        if (month == null) {
            return null;
        }
        in.blanks();
        if (digits.isEmpty()) {
            digits = in.digits();
        }
        if (digits.isEmpty() || digits.length() > 2 || in.peek() == ':') {
            return null;
        }
        int end = in.at;
        in.accept(",");
        in.blanks();
        var year = in.digits();
        if (year.length() == 4) {
            int value = Integer.parseInt(year);
            return value < 1900 || value > 2199 ? null : new Day(value, month, Integer.parseInt(digits));
        }
        in.at = end;
        return new Day(null, month, Integer.parseInt(digits));
    }

    private @Nullable Month month() {
        int from = in.at;
        var word = in.letters();
        for (var month : Month.values()) {
            var name = month.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.length() >= 3 && word.length() <= 4 && name.startsWith(word)) {
                return month;
            }
        }
        in.at = from;
        return null;
    }

    // ---------- letters ----------

    /** One of the words, as whole words. */
    private @Nullable String words(List<String> words) {
        for (var word : words) {
            int end = in.at + word.length();
            boolean whole = end >= in.text.length() || !Character.isLetter(in.text.charAt(end));
            if (whole && in.accept(word)) {
                return word;
            }
        }
        return null;
    }

    private Refusal unknown() {
        in.blanks();
        int from = in.at;
        while (!in.atEnd() && " ,;".indexOf(in.peek()) < 0) {
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

    /** Lower case, plain dashes and blanks; every character keeps its place. */
    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lastDot = c == '.' && text.substring(i + 1).isBlank();
            plain.append(
                    switch (c) {
                        case '–', '—', '−' -> '-';
                        case '\n' -> ';';
                        case '\u00a0', '\u202f', '\t', '\r' -> ' ';
                        default -> lastDot ? ';' : Character.toLowerCase(c);
                    });
        }
        return plain.toString();
    }
}
