package dev.zhanggui.portal.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** It is Monday, 16 March 2026. */
class ContingencyPlansTest extends DatabaseTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);

    @Autowired
    ContingencyPlans plans;

    @Autowired
    Fixtures fixtures;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    AuditTrail trail;

    @Autowired
    DSLContext sql;

    private Fixtures.Owner owner;
    private StoreId store;

    @BeforeEach
    void aStore() {
        owner = fixtures.owner("巷口牛肉面");
        store = owner.store().id();
    }

    private Actor member(Role role) {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, owner.merchant(), role);
        return Actor.person(account, "小满", Set.of(role));
    }

    private static PlanDraft draft(String step) {
        return new PlanDraft(
                List.of(step, "只收现金"), "现金", "店长", List.of(new Contact("王电工", "138 0013 8000")), TODAY.plusMonths(6));
    }

    @Test
    void every_trigger_offers_a_plan_in_plain_words_that_can_be_saved_as_it_is() {
        for (var locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            for (var trigger : Trigger.values()) {
                var store = fixtures.owner("测试小店");
                assertThat(plans.save(store.actor(), store.store().id(), trigger, plans.suggestion(trigger, locale), 0))
                        .as("%s %s", trigger, locale)
                        .isInstanceOf(PlanOutcome.Saved.class);
            }
        }
        assertThat(plans.suggestion(Trigger.POWER, Locale.SIMPLIFIED_CHINESE).reviewOn())
                .isEqualTo("2026-09-16");
    }

    @Test
    void a_plan_is_versioned_and_what_it_said_before_can_be_read() {
        plans.save(owner.actor(), store, Trigger.NETWORK, draft("拔掉路由器"), 0);
        assertThat(plans.save(owner.actor(), store, Trigger.NETWORK, draft("拔掉路由器"), 1))
                .isInstanceOf(PlanOutcome.Unchanged.class);
        plans.save(owner.actor(), store, Trigger.NETWORK, draft("开手机热点"), 1);

        assertThat(plans.current(owner.actor(), store)).containsOnlyKeys(Trigger.NETWORK);
        assertThat(plans.history(owner.actor(), store, Trigger.NETWORK))
                .extracting(
                        plan -> plan.version() + " " + plan.content().steps().getFirst())
                .containsExactly("2 开手机热点", "1 拔掉路由器");
    }

    @Test
    void of_two_who_write_at_once_neither_loses_a_word() {
        var mine = draft("我写的");
        plans.save(owner.actor(), store, Trigger.POWER, draft("对方写的"), 0);
        assertThat(plans.save(owner.actor(), store, Trigger.POWER, mine, 0))
                .isInstanceOfSatisfying(PlanOutcome.Conflict.class, conflict -> {
                    assertThat(conflict.theirs().content().steps()).contains("对方写的");
                    assertThat(conflict.mine()).isEqualTo(mine);
                });
        assertThat(plans.current(owner.actor(), store)
                        .values()
                        .iterator()
                        .next()
                        .version())
                .isOne();
    }

    @Test
    void what_cannot_be_followed_is_refused_with_what_is_wrong() {
        var good = draft("看路由器");
        assertFault(new PlanDraft(List.of(" "), "现金", "店长", List.of(), TODAY), PlanOutcome.Fault.STEPS_MISSING);
        assertFault(
                new PlanDraft(Collections.nCopies(13, "一步"), "现金", "店长", List.of(), TODAY),
                PlanOutcome.Fault.STEPS_TOO_MANY);
        assertFault(
                new PlanDraft(List.of("长".repeat(201)), "现金", "店长", List.of(), TODAY), PlanOutcome.Fault.STEP_TOO_LONG);
        assertFault(new PlanDraft(good.steps(), "", "店长", List.of(), TODAY), PlanOutcome.Fault.ALTERNATIVES_MISSING);
        assertFault(new PlanDraft(good.steps(), "现金", " ", List.of(), TODAY), PlanOutcome.Fault.OWNER_MISSING);
        assertFault(
                new PlanDraft(good.steps(), "现金", "店长", List.of(), TODAY.minusDays(1)), PlanOutcome.Fault.REVIEW_PAST);
        assertThat(plans.current(owner.actor(), store)).isEmpty();
    }

    private void assertFault(PlanDraft draft, PlanOutcome.Fault fault) {
        assertThat(plans.save(owner.actor(), store, Trigger.POS_FAULT, draft, 0))
                .isEqualTo(new PlanOutcome.Invalid(fault));
    }

    @Test
    void a_plan_is_due_on_the_day_of_its_review() {
        plans.save(owner.actor(), store, Trigger.POWER, draft("看电闸"), 0);
        var plan = plans.current(owner.actor(), store).values().iterator().next();
        assertThat(plan.isDue(LocalDate.of(2026, 9, 15))).isFalse();
        assertThat(plan.isDue(LocalDate.of(2026, 9, 16))).isTrue();
    }

    @Test
    void a_cashier_reads_without_peoples_numbers_a_manager_writes_and_a_stranger_finds_nothing() {
        plans.save(
                member(Role.MANAGER),
                store,
                Trigger.POWER,
                new PlanDraft(
                        List.of("看电闸"),
                        "现金",
                        "店长",
                        List.of(new Contact("王电工", "138 0013 8000"), new Contact("供电报修", "95598")),
                        TODAY),
                0);
        var cashier = member(Role.CASHIER);

        assertThat(plans.current(cashier, store)
                        .values()
                        .iterator()
                        .next()
                        .content()
                        .contacts())
                .extracting(Contact::phone)
                .containsExactly("138****8000", "95598");
        assertThat(plans.history(cashier, store, Trigger.POWER)
                        .getFirst()
                        .content()
                        .contacts())
                .extracting(Contact::phone)
                .containsExactly("138****8000", "95598");
        assertThat(plans.mayWrite(cashier, store)).isFalse();
        assertThatThrownBy(() -> plans.save(cashier, store, Trigger.POWER, draft("改"), 1))
                .isInstanceOf(NotAllowedException.class);
        var stranger = fixtures.owner("南门水果摊").actor();
        assertThatThrownBy(() -> plans.current(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> plans.save(stranger, store, Trigger.POWER, draft("改"), 1))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> plans.drills(stranger, store)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void drills_are_kept_with_the_version_that_was_tried() {
        var cashier = member(Role.CASHIER);
        assertThat(plans.record(cashier, store, Trigger.NETWORK, TODAY, "小满", "热点密码没人知道"))
                .isEqualTo(new DrillOutcome.NoPlan());
        plans.save(owner.actor(), store, Trigger.NETWORK, draft("开手机热点"), 0);

        assertThat(plans.record(cashier, store, Trigger.NETWORK, TODAY.plusDays(1), "小满", "快"))
                .isEqualTo(new DrillOutcome.Invalid(DrillOutcome.Fault.DATE));
        assertThat(plans.record(cashier, store, Trigger.NETWORK, TODAY, " ", "快"))
                .isEqualTo(new DrillOutcome.Invalid(DrillOutcome.Fault.PARTICIPANTS));
        assertThat(plans.record(cashier, store, Trigger.NETWORK, TODAY, "小满", ""))
                .isEqualTo(new DrillOutcome.Invalid(DrillOutcome.Fault.LEARNT));
        plans.record(cashier, store, Trigger.NETWORK, TODAY.minusDays(3), "小满、阿强", "热点密码没人知道");

        assertThat(plans.drills(owner.actor(), store)).singleElement().satisfies(drill -> {
            assertThat(drill.heldOn()).isEqualTo("2026-03-13");
            assertThat(drill.participants()).isEqualTo("小满、阿强");
            assertThat(drill.learnt()).isEqualTo("热点密码没人知道");
            assertThat(drill.planVersion()).isOne();
        });
    }

    @Test
    void neither_the_record_nor_the_database_tells_numbers_or_names_of_people() {
        plans.save(owner.actor(), store, Trigger.POWER, draft("看电闸"), 0);
        plans.record(owner.actor(), store, Trigger.POWER, TODAY, "阿强", "蜡烛不够");

        var auditor = Actor.staffKey(1, "审计", Set.of(Role.AUDITOR));
        assertThat(trail.page(
                        auditor, new AuditQuery(store.toString(), null, "contingency-plan.", null, null), null, 10))
                .extracting(entry -> entry.action() + " " + entry.after())
                .hasSize(2)
                .anyMatch(entry -> entry.startsWith("contingency-plan.changed") && entry.contains("看电闸"))
                .anyMatch(entry -> entry.startsWith("contingency-plan.drilled"))
                .noneMatch(entry -> entry.contains("8000") || entry.contains("阿强"));
        assertThat(sql.fetch("select contacts from contingency_plan where store_id = " + store.value())
                        .getValues("contacts", byte[].class))
                .singleElement()
                .satisfies(bytes -> assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("8000", "13800138000"));
    }

    @Test
    void a_contact_is_read_as_people_write_it() {
        assertThat(Contact.check("王电工 13800138000")).isEqualTo(Checked.valid(new Contact("王电工", "13800138000")));
        assertThat(Contact.check("供电报修：95598")).isEqualTo(Checked.valid(new Contact("供电报修", "95598")));
        assertThat(Contact.check("Wang +86 138 0013 8000"))
                .isEqualTo(Checked.valid(new Contact("Wang", "+86 138 0013 8000")));
        assertThat(Contact.check("13800138000")).isEqualTo(Checked.<Contact>invalid("name"));
        assertThat(Contact.check("王电工")).isEqualTo(Checked.<Contact>invalid("phone"));
        assertThat(Contact.check("王电工 1")).isEqualTo(Checked.<Contact>invalid("phone"));
        assertThat(new Contact("店里", "0731-8888666").masked().phone()).isEqualTo("073****8666");
        assertThat(new Contact("王电工", "13800138000")).hasToString("138****8000");
    }
}
