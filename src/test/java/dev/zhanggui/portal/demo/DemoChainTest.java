package dev.zhanggui.portal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The clock stands at Monday 16 March 2026. */
class DemoChainTest extends DatabaseTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 20);
    private static final LocalDate LABOUR_DAY = LocalDate.of(2026, 5, 1);

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    Merchants merchants;

    @Autowired
    TradingHours hours;

    @Autowired
    QrCodes codes;

    @Test
    void storesTakeTheHeadOfficesHoursOrKnowBetterForThemselves() {
        var opened = chain().open();
        assertThat(opened.stores()).hasSize(7);
        assertThat(plan(opened, "株洲店", FRIDAY)).isEqualTo(DayPlan.of(Period.of(6, 30, 21, 0)));
        assertThat(plan(opened, "大学城店", FRIDAY)).isEqualTo(DayPlan.of(Period.of(6, 30, 26, 0)));
        assertThat(plan(opened, "大学城店", LABOUR_DAY)).isEqualTo(DayPlan.of(Period.of(8, 0, 20, 0)));
        assertThat(plan(opened, "衡阳火车站店", LABOUR_DAY)).isEqualTo(DayPlan.ALL_DAY);
        assertThat(plan(opened, "湘潭店", LocalDate.of(2026, 3, 28))).isEqualTo(DayPlan.CLOSED);
        assertThat(evaluator(opened, "上海徐家汇店").outside()).isEqualTo(Outside.DENY);
        // Half past six on the clock of Urumqi.
        var early = Instant.parse("2026-03-20T00:20:00Z");
        assertThat(evaluator(opened, "乌鲁木齐店").stateAt(early).decision()).isEqualTo(Decision.ALLOW_CAPPED);
        assertThat(evaluator(opened, "株洲店").stateAt(early).decision()).isEqualTo(Decision.ALLOW);
    }

    @Test
    void openingItAgainAddsNothing() {
        var first = chain().open();
        var again = chain().open();
        assertThat(again).isEqualTo(first);
        var head = again.stores().getFirst();
        assertThat(codes.list(DemoPeople.DEMO, head.id())).hasSize(1);
        assertThat(hours.current(DemoPeople.DEMO, store(again, "湘潭店").id()).version())
                .isEqualTo(1);
    }

    private DemoChain chain() {
        return new DemoChain(new DemoPeople(accounts), access, merchants, hours, codes, clock);
    }

    private DayPlan plan(DemoChain.Opened opened, String name, LocalDate date) {
        return Objects.requireNonNull(evaluator(opened, name).planOn(date));
    }

    private HoursEvaluator evaluator(DemoChain.Opened opened, String name) {
        return hours.evaluator(DemoPeople.DEMO, store(opened, name).id());
    }

    private static Store store(DemoChain.Opened opened, String name) {
        return opened.stores().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
