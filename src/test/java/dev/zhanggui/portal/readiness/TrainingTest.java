package dev.zhanggui.portal.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TrainingTest extends DatabaseTest {

    private static final Locale ZH = Locale.SIMPLIFIED_CHINESE;

    @Autowired
    Training training;

    @Autowired
    Fixtures fixtures;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    AuditTrail trail;

    private Fixtures.Owner owner;
    private MerchantId merchant;
    private Actor cashier;

    @BeforeEach
    void aMerchantWithACashier() {
        owner = fixtures.owner("巷口牛肉面");
        merchant = owner.merchant();
        cashier = member(Role.CASHIER);
    }

    private Actor member(Role role) {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, merchant, role);
        return Actor.person(account, "小满", Set.of(role));
    }

    private QuizOutcome pass(Actor actor) {
        var material = training.material(actor, merchant, ZH);
        return training.answer(
                actor,
                merchant,
                material.mark(),
                material.content().questions().stream().map(Question::right).toList());
    }

    private static MaterialDraft draft(String title) {
        var question = new Question("怎么才算收到？", List.of("看到账", "客人说付了"), 0);
        return new MaterialDraft(title, "看着客人输金额。\n听到播报才算。", List.of(question, question, question));
    }

    @Test
    void the_platforms_own_material_is_valid_and_asks_the_same_in_both_languages() {
        var zh = training.material(cashier, merchant, ZH);
        var en = training.material(cashier, merchant, Locale.ENGLISH);

        assertThat(zh.version()).isZero();
        assertThat(zh.content().fault()).isNull();
        assertThat(en.content().fault()).isNull();
        assertThat(zh.content().questions()).hasSizeBetween(3, 5);
        assertThat(en.content().questions())
                .extracting(Question::right)
                .isEqualTo(
                        zh.content().questions().stream().map(Question::right).toList());
        assertThat(en.content().title()).isNotEqualTo(zh.content().title());
        assertThat(en.mark()).isEqualTo(zh.mark());
    }

    @Test
    void a_cashier_passes_with_all_answers_right_and_may_try_again() {
        assertThat(training.mine(cashier, merchant)).isEqualTo(new TrainingStatus.NotStarted());
        var material = training.material(cashier, merchant, ZH);
        var answers = new java.util.ArrayList<>(
                material.content().questions().stream().map(Question::right).toList());
        answers.set(2, (answers.get(2) + 1) % 2);

        assertThat(training.answer(cashier, merchant, material.mark(), answers))
                .isEqualTo(new QuizOutcome.Wrong(List.of(2)));
        assertThat(training.mine(cashier, merchant)).isEqualTo(new TrainingStatus.NotStarted());
        assertThat(pass(cashier)).isEqualTo(new QuizOutcome.Passed(clock.instant()));
        assertThat(training.mine(cashier, merchant)).isEqualTo(new TrainingStatus.Passed(clock.instant()));
    }

    @Test
    void a_missing_answer_does_not_count_as_a_try() {
        var mark = training.material(cashier, merchant, ZH).mark();
        assertThat(training.answer(cashier, merchant, mark, List.of(1, 1, -1, 0)))
                .isEqualTo(new QuizOutcome.Incomplete());
        assertThat(training.answer(cashier, merchant, mark, List.of(1))).isEqualTo(new QuizOutcome.Incomplete());
    }

    @Test
    void a_change_of_the_material_asks_everybody_to_read_again() {
        pass(cashier);
        var passedAt = clock.instant();
        var old = training.material(cashier, merchant, ZH).mark();
        clock.advance(Duration.ofDays(1));
        assertThat(training.change(owner.actor(), merchant, draft("我们店怎么收"), 0))
                .isInstanceOf(MaterialOutcome.Saved.class);

        assertThat(training.mine(cashier, merchant)).isEqualTo(new TrainingStatus.MustRetrain(passedAt));
        assertThat(training.answer(cashier, merchant, old, List.of(1, 1, 2, 0)))
                .isInstanceOfSatisfying(
                        QuizOutcome.MaterialChanged.class,
                        it -> assertThat(it.now().version()).isOne());
        pass(cashier);
        assertThat(training.mine(cashier, merchant)).isEqualTo(new TrainingStatus.Passed(clock.instant()));
        assertThat(training.change(owner.actor(), merchant, draft("我们店怎么收"), 1))
                .isInstanceOf(MaterialOutcome.Unchanged.class);
        assertThat(training.mine(cashier, merchant)).isInstanceOf(TrainingStatus.Passed.class);
    }

    @Test
    void material_without_a_proper_quiz_is_refused() {
        var good = draft("标题").questions().getFirst();
        assertThat(training.change(owner.actor(), merchant, draft(" "), 0))
                .isEqualTo(new MaterialOutcome.Invalid(MaterialOutcome.Fault.TITLE));
        assertThat(training.change(owner.actor(), merchant, new MaterialDraft("标题", "", List.of(good, good, good)), 0))
                .isEqualTo(new MaterialOutcome.Invalid(MaterialOutcome.Fault.TEXT));
        var none = new Question("问", List.of("一", "二"), 2);
        for (var quiz :
                List.of(List.of(good, good), List.of(good, good, none), List.of(good, good, good, good, good, good))) {
            assertThat(training.change(owner.actor(), merchant, new MaterialDraft("标题", "话", quiz), 0))
                    .isEqualTo(new MaterialOutcome.Invalid(MaterialOutcome.Fault.QUIZ));
        }
    }

    @Test
    void of_two_who_write_at_once_neither_loses_a_word() {
        training.change(owner.actor(), merchant, draft("对方的"), 0);
        assertThat(training.change(member(Role.MANAGER), merchant, draft("我的"), 0))
                .isInstanceOfSatisfying(MaterialOutcome.Conflict.class, conflict -> {
                    assertThat(conflict.theirs().content().title()).isEqualTo("对方的");
                    assertThat(conflict.mine()).isEqualTo(draft("我的"));
                });
        assertThat(training.material(cashier, merchant, ZH).version()).isOne();
    }

    @Test
    void a_manager_sees_who_has_passed_and_takes_a_table_of_it_away() {
        var manager = member(Role.MANAGER);
        pass(cashier);

        assertThat(training.staff(manager, merchant))
                .extracting(one -> one.role() + " " + one.status().getClass().getSimpleName())
                .containsExactlyInAnyOrder("OWNER NotStarted", "MANAGER NotStarted", "CASHIER Passed");
        assertThat(training.csv(manager, merchant, ZH))
                .startsWith("\uFEFF\"手机号\",\"身份\",\"状态\",\"通过时间\"\r\n")
                .contains(",\"已通过\",\"2026-03-16 10:00\"\r\n", ",\"还没开始\",\"\"\r\n")
                .contains("****")
                .doesNotContain(owner.phone().national());
        var auditor = Actor.staffKey(1, "审计", Set.of(Role.AUDITOR));
        assertThat(trail.page(auditor, new AuditQuery(merchant.toString(), null, "training.", null, null), null, 10))
                .extracting(entry -> entry.action())
                .containsExactly("training.exported");
    }

    @Test
    void a_cashier_neither_writes_nor_looks_at_others_and_a_stranger_finds_nothing() {
        assertThat(training.mayWrite(cashier, merchant)).isFalse();
        assertThatThrownBy(() -> training.change(cashier, merchant, draft("改"), 0))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> training.staff(cashier, merchant)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> training.csv(cashier, merchant, ZH)).isInstanceOf(NotAllowedException.class);
        var stranger = fixtures.owner("南门水果摊").actor();
        assertThatThrownBy(() -> training.material(stranger, merchant, ZH)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> training.answer(stranger, merchant, "", List.of()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> training.csv(stranger, merchant, ZH)).isInstanceOf(NotFoundException.class);
    }
}
