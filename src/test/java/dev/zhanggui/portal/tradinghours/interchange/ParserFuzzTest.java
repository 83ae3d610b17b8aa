package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing breaks a reader, nothing keeps it busy, and whatever it accepts is a document that answers. */
class ParserFuzzTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");
    private static final Setting SETTING = new Setting(RandomDocuments.SHANGHAI, WorkCalendar.china(), TODAY);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<HoursFormat, List<String>> SAMPLES = Map.of(
            HoursFormat.ZHANGGUI,
            List.of("""
                    {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"],"sat":[]},"dayKinds":{"holiday":[]},\
                    "dates":[{"from":"2026-12-24","to":"2026-12-26","periods":["10:00-02:00"],"reason":"节日"}]}"""),
            HoursFormat.OSM,
            List.of(
                    "Mo-Fr 09:00-12:00,13:00-18:00; Sa,Su 10:00-26:00; PH off",
                    "24/7; 2026 Dec 24-2027 Jan 02 off \"盘点\"; Nov-Mar Mo[1] 10:00-16:00, We 20:00-22:00 || \"call\"",
                    "22:00-22:00; easter off; week 1-10 Mo 10:00+; sunrise-sunset"),
            HoursFormat.SCHEMA_ORG,
            List.of("""
                    {"openingHoursSpecification":[{"@type":"OpeningHoursSpecification","dayOfWeek":["Monday",\
                    "https://schema.org/PublicHolidays"],"opens":"09:00","closes":"18:00:00"}],\
                    "specialOpeningHoursSpecification":{"opens":"00:00","closes":"00:00","validFrom":"2026-12-24",\
                    "validThrough":"2026-12-26"}}"""),
            HoursFormat.GOOGLE,
            List.of("""
                    {"regularHours":{"periods":[{"openDay":"MONDAY","openTime":{"hours":9,"minutes":30},"closeDay":\
                    "TUESDAY","closeTime":"02:00"}]},"specialHours":{"specialHourPeriods":[{"startDate":{"year":2026,\
                    "month":12,"day":24},"closed":true}]}}"""),
            HoursFormat.WORDS,
            List.of(
                    "周一到周五9点到18点，中午12点到13点休息，周末10点到22点，春节关",
                    "每天早8晚10；2026年12月24日到26日 10点半到次日2点，调休上班日按周一，其余时间休息",
                    "Mon to Fri 9am-6pm, weekends 10:00–22:00; 24 Dec–26 Dec closed; make-up workdays like Mon"),
            HoursFormat.ICAL,
            List.of("""
                    BEGIN:VCALENDAR\r
                    VERSION:2.0\r
                    BEGIN:VEVENT\r
                    DTSTART;TZID=Asia/Shanghai:20260316T090000\r
                    DTEND;TZID=Asia/Shanghai:20260316T180000\r
                    RRULE:FREQ=WEEKLY;BYDAY=MO,TU\r
                    END:VEVENT\r
                    BEGIN:VEVENT\r
                    DTSTART:20260320T010000Z\r
                    DURATION:PT2H\r
                    END:VEVENT\r
                    END:VCALENDAR\r
                    """));

    private static final List<String> PIECES = List.of(
            "-",
            ",",
            ";",
            ":",
            "25:00",
            "Feb 30",
            "一",
            "到",
            "点",
            "周",
            "\"",
            "{",
            "]",
            "0",
            "99999999999",
            " ",
            "24:00",
            "2026",
            "+",
            "半",
            "月",
            "休息",
            "\u0000",
            "\ud83d",
            "next day",
            "/",
            "[1]",
            "\n");

    /** What goes wrong in typing: some letters are lost at a place, and something comes instead of them. */
    private record Slip(int at, int lost, String instead) {

        String in(String text) {
            int from = at % (text.length() + 1);
            return text.substring(0, from) + instead + text.substring(Math.min(text.length(), from + lost));
        }
    }

    @Property(tries = 18_000, seed = "7")
    void bytesOfAnyKind(@ForAll HoursFormat format, @ForAll @Size(max = 80) byte[] bytes, @ForAll boolean narrow) {
        tried(format, new String(bytes, narrow ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16));
    }

    @Property(tries = 24_000, seed = "11")
    void goodTextsWithSlips(
            @ForAll HoursFormat format, @ForAll @IntRange(max = 2) int which, @ForAll("slips") List<Slip> slips) {
        var samples = Objects.requireNonNull(SAMPLES.get(format));
        var text = samples.get(which % samples.size());
        for (var slip : slips) {
            text = slip.in(text);
        }
        tried(format, text);
    }

    @Provide
    Arbitrary<List<Slip>> slips() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.oneOf(Arbitraries.just(""), Arbitraries.of(PIECES)))
                .as(Slip::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @ParameterizedTest
    @EnumSource(HoursFormat.class)
    void depthAndSizeAreRefusedAtOnce(HoursFormat format) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (var piece : List.of(
                    "[", "{\"a\":", "(", "Mo-Fr 09:00-18:00; ", "周一到周五9点到18点，", "9", "周一、", "\n ", "BEGIN:VEVENT\n")) {
                var text = piece.repeat(1_000_000 / piece.length());
                assertThat(format.read(text, SETTING)).as(piece).isInstanceOf(Read.Invalid.class);
                // As long as is just allowed, where the work would be.
                tried(format, text.substring(0, 3_900));
            }
        });
    }

    private static void tried(HoursFormat format, String text) {
        assertThatCode(() -> {
                    switch (assertTimeoutPreemptively(PATIENCE, () -> format.read(text, SETTING))) {
                        case Read.Valid(var document, var warnings) -> {
                            assertThat(HoursDocument.parse(document.json()))
                                    .isEqualTo(new HoursDocument.Parsed.Valid(document));
                            var zone = document.zone();
                            new HoursEvaluator(document, WorkCalendar.china(), List.of())
                                    .openIntervals(
                                            TODAY.atStartOfDay(zone).toInstant(),
                                            TODAY.plusDays(8).atStartOfDay(zone).toInstant());
                            warnings.forEach(it -> said(it, text));
                        }
                        case Read.Invalid(var errors) -> {
                            assertThat(errors).isNotEmpty();
                            errors.forEach(it -> said(it, text));
                        }
                    }
                })
                .as("%s: %s", format, text)
                .doesNotThrowAnyException();
    }

    private static void said(Finding finding, String text) {
        assertThat(finding.words(Locale.ENGLISH)).isNotBlank();
        if (finding.place() instanceof Finding.Place.Text(var from, var to)) {
            assertThat(from).isBetween(0, to);
            assertThat(to).isLessThanOrEqualTo(text.length());
        }
    }
}
