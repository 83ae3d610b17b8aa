package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.FLEET_MARK;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;
import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.MadeUp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A made-up notice of 2027 is published while terminals hold hours computed without it. */
class CalendarPublicationTest extends DatabaseTest {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** Terminals hold hours until the middle of February 2027. */
    private static final Instant DECEMBER = Instant.parse("2026-12-15T02:00:00Z");

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    CalendarNotices notices;

    @Autowired
    TradingHours hours;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Expander expander;

    @Autowired
    FleetMarks fleet;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    SignedDocuments documents;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private StoreWithTerminals stores;

    @BeforeEach
    void inDecember() {
        stores = beans.createBean(StoreWithTerminals.class);
        clock.set(DECEMBER);
        settle();
    }

    @AfterEach
    void takeBack() {
        if (decided(null, "test ends")) {
            settle();
        }
    }

    @Test
    void aTerminalsHoursChangeWithThePublication() {
        var closesOnHolidays = opened(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null));
        var everyDay = opened(DayKindRules.NONE);
        // The last Thursday of December, and a Tuesday after the days of the law: worked for all anybody knows.
        assertThat(open(closesOnHolidays, "2026-12-31T04:00:00Z")).isTrue();
        assertThat(open(closesOnHolidays, "2027-02-09T04:00:00Z")).isTrue();
        assertThat(open(closesOnHolidays, "2027-02-08T04:00:00Z")).isFalse();

        assertThat(decided(MadeUp.json2027(), "published")).isTrue();
        settle();

        assertThat(open(closesOnHolidays, "2026-12-31T04:00:00Z")).isFalse();
        assertThat(open(closesOnHolidays, "2026-12-30T04:00:00Z")).isTrue();
        assertThat(open(closesOnHolidays, "2027-02-09T04:00:00Z")).isFalse();
        assertThat(hours.stateAt(SYSTEM, closesOnHolidays.store(), Instant.parse("2027-02-09T04:00:00Z"))
                        .reason())
                .isEqualTo(ReasonCode.CLOSED_ON_HOLIDAY);
        var newest = configurations
                .history(closesOnHolidays.owner(), closesOnHolidays.machine().id(), 1)
                .getFirst();
        assertThat(newest.cause()).isEqualTo(ChangeCause.CALENDAR);
        assertThat(newest.version().generation()).isEqualTo(3);
        // Whoever does not care for holidays is not sent anything.
        assertThat(configurations
                        .of(everyDay.owner(), everyDay.machine().id())
                        .desired()
                        .generation())
                .isEqualTo(2);

        decided(null, "发布有误");
        settle();
        assertThat(open(closesOnHolidays, "2026-12-31T04:00:00Z")).isTrue();
    }

    @Test
    void thePublicationWritesOneRowAndTheStoresFollowInHelpings() {
        for (int i = 0; i < FleetMarks.STORES_AT_ONCE + 3; i++) {
            stores.open(1);
        }
        settle();
        decided(MadeUp.json2027(), "published");
        assertThat(db.fetchCount(FLEET_MARK)).isEqualTo(1);
        assertThat(marks()).isZero();
        assertThat(fleet.spread()).isTrue();
        assertThat(marks()).isEqualTo(FleetMarks.STORES_AT_ONCE);
        int marked = 0;
        do {
            marked += marks();
            while (expander.expandDue() > 0) {}
        } while (fleet.spread());
        assertThat(db.fetchCount(FLEET_MARK)).isZero();
        assertThat(marked)
                .isEqualTo(db.fetchCount(db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID)
                        .from(TERMINAL_CONFIGURATION)
                        .where(TERMINAL_CONFIGURATION.BOUND.isTrue())));
    }

    private int marks() {
        return db.fetchCount(DIRTY_SCOPE, DIRTY_SCOPE.CAUSE.eq(ChangeCause.CALENDAR.name()));
    }

    private boolean decided(@Nullable String text, String reason) {
        if (notices.propose(fixtures.staff(Role.ADMIN), new NewNotice(2027, text, "made up", reason))
                instanceof Proposal.Proposed(var notice, var warnings)) {
            return notices.approve(fixtures.staff(Role.REVIEWER), notice.id()) instanceof Ruling.Decided;
        }
        return false;
    }

    private Opened opened(DayKindRules dayKinds) {
        var opened = stores.open(1);
        settle();
        var document = HoursDocument.weekly(CHINA, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                .withDayKinds(dayKinds);
        assertThat(hours.change(opened.owner(), new ChangeHours(opened.store(), document, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
        settle();
        return opened;
    }

    private void settle() {
        do {
            while (expander.expandDue() > 0) {}
        } while (fleet.spread());
    }

    /** By the signed document that the terminal is given, not by the portal's own evaluator. */
    private boolean open(Opened opened, String at) {
        var row = rows.find(opened.machine().id()).orElseThrow();
        var digest = SignedDocuments.digestsIn(Objects.requireNonNull(row.getDocuments()))
                .getFirst();
        var jws = Objects.requireNonNull(documents.byDigest(List.of(digest)).get(digest));
        JsonNode last = null;
        for (var transition : JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), StandardCharsets.UTF_8))
                .path("transitions")
                .values()) {
            if (!Instant.parse(transition.path("at").asString()).isAfter(Instant.parse(at))) {
                last = transition;
            }
        }
        return Objects.requireNonNull(last).path("open").asBoolean();
    }
}
