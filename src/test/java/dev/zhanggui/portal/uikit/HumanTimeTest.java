package dev.zhanggui.portal.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HumanTimeTest {

    /** Monday 16 March 2026, 10:00 in Shanghai. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-16T02:00:00Z"), ZoneOffset.UTC);

    private static final HumanTime CHINESE = new HumanTime(CLOCK, HumanTime.CHINA, Locale.SIMPLIFIED_CHINESE);
    private static final HumanTime ENGLISH = new HumanTime(CLOCK, HumanTime.CHINA, Locale.ENGLISH);

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void aMomentIsSaidAsPeopleSayIt() {
        assertThat(CHINESE.moment(at("2026-03-16T14:00:00Z"))).isEqualTo("今天 22:00");
        assertThat(CHINESE.moment(at("2026-03-16T16:30:00Z"))).isEqualTo("明天 00:30");
        assertThat(CHINESE.moment(at("2026-03-15T15:59:00Z"))).isEqualTo("昨天 23:59");
        assertThat(CHINESE.moment(at("2026-12-03T02:00:00Z"))).isEqualTo("12月3日 10:00");
        assertThat(CHINESE.moment(at("2027-01-01T02:00:00Z"))).isEqualTo("2027年1月1日 10:00");
        assertThat(ENGLISH.moment(at("2026-03-16T14:00:00Z"))).isEqualTo("today 22:00");
        assertThat(ENGLISH.moment(at("2026-12-03T02:00:00Z"))).isEqualTo("3 Dec 10:00");
    }

    @Test
    void whatIsJustOverIsSaidByHowLongAgo() {
        assertThat(CHINESE.ago(at("2026-03-16T01:59:30Z"))).isEqualTo("刚刚");
        assertThat(CHINESE.ago(at("2026-03-16T01:55:00Z"))).isEqualTo("5 分钟前");
        assertThat(ENGLISH.ago(at("2026-03-15T23:00:00Z"))).isEqualTo("3 h ago");
        assertThat(CHINESE.ago(at("2026-03-14T23:00:00Z"))).isEqualTo("昨天 07:00");
    }

    @Test
    void theFullMomentCarriesSecondsAndOffset() {
        assertThat(CHINESE.full(at("2026-03-16T14:00:07Z"))).isEqualTo("2026-03-16 22:00:07 +08:00");
        assertThat(CHINESE.second(at("2026-03-16T14:00:07Z"))).isEqualTo("22:00:07");
    }
}
