package dev.zhanggui.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Samples;
import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.HoursDocument.Transition;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {

    /** Monday 15:00 in Shanghai. */
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");

    private static final Instant CLOSING = Instant.parse("2026-11-23T14:00:00Z");

    @Test
    void whileOpenItSaysUntilWhen() {
        Screen screen = Screen.of(configuration(weekly(), Samples.accepting()), NOW);
        assertThat(screen).returns(true, Screen::open).returns(null, Screen::outside);
        assertThat(screen.line()).isEqualTo(new Text("营业中，到 22:00", "Open, until 22:00"));
    }

    @Test
    void fromTheVeryMomentOfClosingItIsClosed() {
        assertThat(Screen.of(configuration(weekly(), null), CLOSING.minusMillis(1))
                        .open())
                .isTrue();
        assertThat(Screen.of(configuration(weekly(), null), CLOSING).line())
                .isEqualTo(new Text("休息中，明天 09:00 开门", "Closed, opens tomorrow 09:00"));
    }

    @Test
    void whileClosedItSaysWhatCanStillBePaid() {
        assertThat(Screen.of(configuration(weekly(), Samples.accepting()), CLOSING)
                        .outside())
                .isEqualTo(new Text("可付 ¥200 以内", "Up to ¥200"));
    }

    @Test
    void aPolicyOfALaterVersionMeansNoPayments() {
        AcceptanceDocument later = new AcceptanceDocument(false, null, new Outside("SOMETHING_NEW", null), List.of());
        assertThat(Screen.of(configuration(weekly(), later), CLOSING).outside())
                .isEqualTo(new Text("现在不收款", "No payments now"));
    }

    @Test
    void frozenBeatsOpenHours() {
        AcceptanceDocument frozen = new AcceptanceDocument(
                true, new Text("账户被暂停收款", "Paused"), new Outside(Outside.ALLOW, null), List.of());
        assertThat(Screen.of(configuration(weekly(), frozen), NOW))
                .returns(false, Screen::open)
                .returns("暂停收款", screen -> screen.headline().zh())
                .returns("账户被暂停收款", screen -> screen.reason().zh())
                .returns(null, Screen::when);
    }

    @Test
    void beyondTheHorizonTheLastStateIsKeptAndCalledStale() {
        assertThat(Screen.of(configuration(weekly(), null), NOW.plusSeconds(400L * 86_400)))
                .returns(true, Screen::stale)
                .returns(null, Screen::when)
                .returns(true, Screen::open);
    }

    @Test
    void withoutHoursItIsAlwaysOpen() {
        assertThat(Screen.of(configuration(null, null), NOW))
                .returns(true, Screen::open)
                .returns(null, Screen::nextChange);
    }

    @Test
    void theNextChangeIsFoundAlsoWhenThePortalDoesNotSayIt() {
        HoursDocument hours = Samples.hours(
                NOW,
                List.of(
                        new Transition(NOW.minusSeconds(60), true, "WEEKLY", Samples.OPEN, null, null),
                        new Transition(NOW.plusSeconds(60), true, "EVENT", Samples.OPEN, null, null),
                        new Transition(NOW.plusSeconds(3600), false, "WEEKLY", Samples.CLOSED, null, null)));
        assertThat(HoursReading.at(hours, NOW).nextChange()).isEqualTo(NOW.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T14:00:00Z, 22:00, 22:00",
        "2026-11-23T16:00:00Z, 明天 00:00, tomorrow 00:00",
        "2026-11-24T01:00:00Z, 明天 09:00, tomorrow 09:00",
        "2026-11-25T01:00:00Z, 后天 09:00, Wed 09:00",
        "2026-11-28T01:00:00Z, 周六 09:00, Sat 09:00",
        "2026-11-30T01:00:00Z, 11月30日 09:00, 30 Nov 09:00",
        "2027-02-06T01:00:00Z, 2027年2月6日 09:00, 6 Feb 2027 09:00"
    })
    void momentsAreSaidAsPeopleSayThem(Instant moment, String zh, String en) {
        assertThat(Moments.of(moment, NOW, ZoneOffset.ofHours(8))).isEqualTo(new Text(zh, en));
    }

    @Test
    void theCodeIsDrawnAsOnePath() {
        QrPicture picture = QrPicture.of("http://localhost:8080/q/ZG7K2M9Q");
        assertThat(picture.size()).isEqualTo(29);
        assertThat(picture.path()).startsWith("M0 0h7v1h-7z");
    }

    /** 09:00 to 22:00 every day, for a week. */
    private static HoursDocument weekly() {
        Instant monday = Instant.parse("2026-11-23T01:00:00Z");
        List<Transition> transitions = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            Instant opens = monday.plusSeconds(day * 86_400L);
            Instant closes = opens.plusSeconds(13 * 3600);
            transitions.add(new Transition(opens, true, "WEEKLY", Samples.OPEN, closes, null));
            transitions.add(new Transition(closes, false, "WEEKLY", Samples.CLOSED, opens.plusSeconds(86_400), null));
        }
        transitions.add(new Transition(monday.plusSeconds(7 * 86_400L), true, "WEEKLY", Samples.OPEN, null, null));
        return Samples.hours(NOW, transitions);
    }

    private static Configuration configuration(@Nullable HoursDocument hours, @Nullable AcceptanceDocument acceptance) {
        Manifest manifest =
                new Manifest(1, "01K9ZQ4T8M3V5C7W9Y2B4D6F8H", 1, 7, NOW, NOW.plusSeconds(7 * 86_400), List.of(), 0);
        return new Configuration(
                manifest, "jws", "digest", Map.of(), hours, Samples.codes(), acceptance, Samples.screen());
    }
}
