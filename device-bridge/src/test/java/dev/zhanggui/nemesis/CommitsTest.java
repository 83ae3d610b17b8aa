package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Samples;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.HoursDocument.Transition;
import dev.zhanggui.wire.Text;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private static final ZoneId SHOP = ZoneId.of("Asia/Shanghai");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    @Test
    void anEditIsKnownByTheMinuteAtWhichTheShopClosesOnMostDays() {
        List<Transition> days = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            days.add(at(day, LocalTime.of(8, 0), true));
            days.add(at(day, day == 3 ? LocalTime.of(13, 30) : Commits.closing(17), false));
        }

        assertThat(Commits.editOf(hours(days), 20)).isEqualTo(17);
        assertThat(Commits.editOf(hours(days), 16))
                .as("hours that nobody has made yet are from before")
                .isZero();
    }

    private static Transition at(int day, LocalTime time, boolean open) {
        return new Transition(
                MONDAY.plusDays(day).atTime(time).atZone(SHOP).toInstant(),
                open,
                "weekly",
                new Text("营业中", "open"),
                null,
                null);
    }

    private static HoursDocument hours(List<Transition> transitions) {
        HoursDocument some = Samples.openAround(transitions.getFirst().at());
        return new HoursDocument(
                some.store(), some.zone(), some.offsets(), some.from(), some.until(), transitions, some.outside());
    }
}
