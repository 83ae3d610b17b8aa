package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes out comes back, up to what was said not to be carried. */
class RoundTripTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");
    private static final WorkCalendar CHINA = WorkCalendar.china();
    private static final Setting SETTING = new Setting(RandomDocuments.SHANGHAI, CHINA, TODAY);

    @ParameterizedTest
    @EnumSource(
            value = HoursFormat.class,
            names = {"ZHANGGUI", "OSM", "SCHEMA_ORG"})
    void formatsWithLayersKeepTheOpenTimes(HoursFormat format) {
        for (int seed = 0; seed < 300; seed++) {
            var document = new RandomDocuments(seed, TODAY).layered();
            var written = format.write(document, SETTING);
            if (written.notCarried().stream().anyMatch(it -> it.kind() == Finding.Kind.NO_HOLIDAY_LIKE_SEASON)
                    || written.text().isEmpty()) {
                continue;
            }
            var read = format.read(written.text(), SETTING);
            assertThat(read)
                    .as("%d: %s as %s", seed, document.json(), written.text())
                    .isInstanceOf(Read.Valid.class);
            assertThat(open(((Read.Valid) read).document(), 365))
                    .as("%d: %s as %s", seed, document.json(), written.text())
                    .isEqualTo(open(document, 365));
        }
    }

    @Test
    void googleKeepsAYearOfOpenTimesButForLongNights() {
        for (int seed = 0; seed < 300; seed++) {
            var document = new RandomDocuments(seed, TODAY).layered();
            var written = HoursFormat.GOOGLE.write(document, SETTING);
            if (written.notCarried().stream().anyMatch(it -> it.kind() == Finding.Kind.CUT_AT_NOON)) {
                continue;
            }
            var read = HoursFormat.GOOGLE.read(written.text(), SETTING);
            assertThat(read)
                    .as("%d: %s as %s", seed, document.json(), written.text())
                    .isInstanceOf(Read.Valid.class);
            assertThat(open(((Read.Valid) read).document(), 360))
                    .as("%d: %s as %s", seed, document.json(), written.text())
                    .isEqualTo(open(document, 360));
        }
    }

    @Test
    void theSentenceOfADocumentIsReadAsTheDocument() {
        for (int seed = 0; seed < 2_000; seed++) {
            var document = new RandomDocuments(seed, TODAY).sayable();
            for (var words : List.of(HoursWords.CHINESE, HoursWords.ENGLISH)) {
                var sentence = words.sentence(document);
                var read = HoursFormat.WORDS.read(sentence, SETTING);
                assertThat(read).as("%d: %s", seed, sentence).isInstanceOf(Read.Valid.class);
                assertThat(((Read.Valid) read).document())
                        .as("%d: %s", seed, sentence)
                        .isEqualTo(document);
            }
        }
    }

    /** From the second day on: a night that began before the first is known to the past only. */
    private static List<Interval> open(HoursDocument document, int days) {
        var zone = document.zone();
        return new HoursEvaluator(document, CHINA, List.of())
                .openIntervals(
                        TODAY.plusDays(1).atStartOfDay(zone).toInstant(),
                        TODAY.plusDays(days).atStartOfDay(zone).toInstant());
    }
}
