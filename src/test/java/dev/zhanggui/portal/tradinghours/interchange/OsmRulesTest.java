package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The document that rules become says of every day what the rules themselves say, in their order. */
class OsmRulesTest {

    private static final WorkCalendar CHINA = WorkCalendar.china();
    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");
    private static final Setting SETTING = new Setting(RandomDocuments.SHANGHAI, CHINA, TODAY);
    private static final List<String> SPANS = List.of(
            "",
            "",
            "",
            "",
            "Dec 24-26 ",
            "Nov-Mar ",
            "Dec 24-Jan 02 ",
            "Jun 15-Sep 15 ",
            "Oct 01 ",
            "Feb ",
            "2026 Dec 24-26 ",
            "2026 Oct 01-2026 Oct 20 ",
            "2026 Sep-2026 Sep ",
            "2027 Jan 20-Mar 10 ",
            "2026 ",
            "Feb 29 ");
    private static final List<String> DAYS =
            List.of("", "", "Mo-Fr ", "Sa,Su ", "PH ", "PH ", "Mo-Su ", "Fr-Mo ", "We ", "Mo-Fr,PH ");
    private static final List<String> TIMES = List.of(
            "09:00-18:00",
            "10:00-12:00,14:00-20:00",
            "22:00-02:00",
            "off",
            "00:00-24:00",
            "18:00-26:00",
            "12:00-13:00 off");

    @Test
    void theLayersSayWhatTheOrderSays() {
        int valid = 0;
        for (int seed = 0; seed < 1_500; seed++) {
            var random = new Random(seed);
            var rules = new ArrayList<String>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                rules.add(pick(random, SPANS) + pick(random, DAYS) + pick(random, TIMES));
            }
            var text = new StringBuilder(rules.getFirst());
            for (var rule : rules.subList(1, rules.size())) {
                boolean additive = random.nextInt(4) == 0 && Character.isLetter(rule.charAt(0));
                text.append(additive ? ", " : "; ").append(rule);
            }
            var read = HoursFormat.OSM.read(text.toString(), SETTING);
            if (!(read instanceof Read.Valid(var document, var warnings))) {
                continue;
            }
            valid++;
            var order = new OsmComposer(new OsmReader(text.toString(), SETTING).rules(), SETTING);
            var layers = new HoursEvaluator(document, CHINA, List.of());
            for (var date = TODAY; date.getYear() < 2029; date = date.plusDays(1)) {
                var said = Objects.requireNonNull(layers.planOn(date));
                assertThat(said)
                        .as("%d: %s on %s: %s", seed, text, date, document.json())
                        .isEqualTo(order.plan(date, CHINA.day(date).holiday()));
            }
        }
        assertThat(valid).isGreaterThan(900);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
