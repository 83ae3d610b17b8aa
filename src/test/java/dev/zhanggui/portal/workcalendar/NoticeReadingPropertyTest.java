package dev.zhanggui.portal.workcalendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file, reading it answers, soon, and nothing against the law gets through. */
class NoticeReadingPropertyTest {

    private static final int ROUNDS = 3_000;
    private static final String PIECES =
            "{}[]\",:;\\\n\r\t 0123456789-T休班春节元旦nullBEGINENDVEVENTDTSTART\u0000\uD83D\uFEFF";

    @Test
    void damagedJsonIsReadOrRefusedAndNeverBreaks() {
        damage(MadeUp.json2027(), 1);
    }

    @Test
    void damagedCalendarFilesAreReadOrRefusedAndNeverBreak() {
        damage(MadeUp.ics2027(), 2);
    }

    @Test
    void noiseIsRefused() {
        var random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            var noise = new StringBuilder(random.nextBoolean() ? "{" : "BEGIN:VCALENDAR\n");
            for (int i = random.nextInt(400); i > 0; i--) {
                noise.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            assertThat(NoticeReading.of(2027, noise.toString()))
                    .as("%s", noise)
                    .isInstanceOf(NoticeReading.Unreadable.class);
        }
    }

    @Test
    void textsMadeToBeSlowAreReadSoon() {
        var texts = new String[] {
            "BEGIN:VCALENDAR\n" + " ".repeat(500_000),
            "BEGIN:VCALENDAR\n" + " a\n".repeat(170_000),
            "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n".repeat(39_000),
            "BEGIN:VCALENDAR\n"
                    + "BEGIN:VEVENT\nDTSTART:20270101\nDTEND:20270201\nSUMMARY:休\nEND:VEVENT\n".repeat(6_500),
            "{\"year\":2027,\"days\":[" + "{},".repeat(170_000) + "{}]}",
            "{\"year\":" + "9".repeat(500_000) + "}",
            "{\"" + "a".repeat(500_000) + "\":1}",
            "{" + "\"a\":{".repeat(80_000),
        };
        for (var text : texts) {
            var started = System.nanoTime();
            assertThat(NoticeReading.of(2027, text)).isInstanceOf(NoticeReading.Unreadable.class);
            // Far above what it takes, far below what quadratic time would.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static void damage(String whole, long seed) {
        var random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder(whole);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                hurt(text, random);
            }
            switch (NoticeReading.of(2027, text.toString())) {
                case NoticeReading.Unreadable(var faults) ->
                    assertThat(faults).as("%s", text).anyMatch(NoticeFault::isError);
                case NoticeReading.Readable(var notice, var faults) -> {
                    read++;
                    assertThat(faults).as("%s", text).noneMatch(NoticeFault::isError);
                    isLawful(notice);
                }
            }
        }
        assertThat(read).as("some damage is harmless").isPositive();
    }

    private static void isLawful(Notice notice) {
        var calendar = WorkCalendar.china(List.of(notice));
        assertThat(calendar.year(2027).stream().filter(CalendarDay::statutory))
                .hasSize(13)
                .allMatch(CalendarDay::holiday);
        assertThat(notice.days()).allMatch(day -> !day.date().isBefore(LocalDate.of(2026, 12, 18)));
        assertThat(NoticeReading.of(2027, notice.json()))
                .isInstanceOfSatisfying(
                        NoticeReading.Readable.class,
                        again -> assertThat(again.notice()).isEqualTo(notice));
    }

    private static void hurt(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() - 40);
        char piece = PIECES.charAt(random.nextInt(PIECES.length()));
        switch (random.nextInt(5)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.delete(at, at + random.nextInt(40));
            case 2 -> text.insert(at, piece);
            case 3 -> text.setCharAt(at, piece);
            default -> text.insert(random.nextInt(text.length()), text.substring(at, at + 40));
        }
    }
}
