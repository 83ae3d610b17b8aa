package dev.zhanggui.portal.readiness.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReadinessViewsTest extends ViewTest {

    @Autowired
    Fixtures fixtures;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    ContingencyPlans plans;

    private Fixtures.Owner owner;

    @BeforeEach
    void anOwner() {
        owner = fixtures.owner("巷口牛肉面");
    }

    private AccountId cashier() {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, owner.merchant(), Role.CASHIER);
        return account;
    }

    private List<String> steps() {
        return $(ListItem.class).all().stream().map(ListItem::getText).toList();
    }

    @Test
    void an_owner_begins_with_our_words_makes_them_his_own_and_a_bad_number_keeps_what_was_typed() {
        signIn(owner.account());
        navigate(ContingencyView.class);
        test($(Button.class).withText("从样子开始写").all().getFirst()).click();

        var steps = $(TextArea.class).withCaption("怎么做（一行一步）").single();
        var contacts = $(TextArea.class).withCaption("打给谁（一行一个，先写谁，再写电话）").single();
        test(steps).setValue("先收现金\n打电话");
        test(contacts).setValue("王电工 13800138000\n没有号码");
        test($(Button.class).withText("保存").single()).click();
        assertThat(contacts.getErrorMessage()).startsWith("第 2 行的电话看不懂");
        assertThat(steps.getValue()).isEqualTo("先收现金\n打电话");

        test(contacts).setValue("王电工 13800138000");
        test($(Button.class).withText("保存").single()).click();
        assertThat(steps()).containsExactly("先收现金", "打电话");
        assertThat(plans.current(owner.actor(), owner.store().id())).containsOnlyKeys(Trigger.POS_FAULT);
    }

    @Test
    void who_was_slower_sees_both_texts_and_can_keep_his_own() {
        signIn(owner.account());
        navigate(ContingencyView.class);
        test($(Button.class).withText("从样子开始写").all().getFirst()).click();
        var theirs = plans.suggestion(Trigger.POS_FAULT, Locale.SIMPLIFIED_CHINESE);
        plans.save(
                owner.actor(),
                owner.store().id(),
                Trigger.POS_FAULT,
                new PlanDraft(List.of("对方的一步"), "现金", "店长", List.of(), theirs.reviewOn()),
                0);
        test($(TextArea.class).withCaption("怎么做（一行一步）").single()).setValue("我的一步");
        test($(Button.class).withText("保存").single()).click();

        assertThat($(Div.class).withText("对方的一步").all()).isNotEmpty();
        assertThat($(Div.class).withText("我的一步").all()).isNotEmpty();
        test($(Button.class).withText("用我的").single()).click();
        assertThat(plans.history(owner.actor(), owner.store().id(), Trigger.POS_FAULT)
                        .getFirst()
                        .content()
                        .steps())
                .containsExactly("我的一步");
        assertThat(plans.history(owner.actor(), owner.store().id(), Trigger.POS_FAULT))
                .hasSize(2);
    }

    @Test
    void a_cashier_reads_the_plan_but_does_not_write_it() {
        plans.save(
                owner.actor(),
                owner.store().id(),
                Trigger.POWER,
                plans.suggestion(Trigger.POWER, Locale.SIMPLIFIED_CHINESE),
                0);
        signIn(cashier());
        navigate(ContingencyView.class);

        assertThat(steps()).isNotEmpty();
        assertThat($(Button.class).withText("修改").all()).isEmpty();
        assertThat($(Button.class).withText("从样子开始写").all()).isEmpty();
        assertThat($(Button.class).withText("记一次演练").all()).hasSize(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_cashier_passes_on_the_phone_and_the_owner_sees_it() {
        signIn(cashier());
        navigate(TrainingView.class);
        test($(Button.class).withText("交卷").single()).click();
        assertThat($(RadioButtonGroup.class).all()).allMatch(RadioButtonGroup::isInvalid);

        answer(0, 0, 0, 0);
        assertThat($(RadioButtonGroup.class).all().stream().map(RadioButtonGroup::isInvalid))
                .containsExactly(true, true, true, false);
        answer(1, 1, 2, 0);
        assertThat($(Span.class).withText("通过了").all()).isNotEmpty();
        assertThat($(Div.class).withId("training-staff").all()).isEmpty();

        signIn(owner.account());
        navigate(TrainingView.class);
        assertThat($(Span.class).withText("已通过").all()).hasSize(1);
        assertThat($(Span.class).withText("2 人里 1 人通过").all()).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private void answer(int... places) {
        var groups = $(RadioButtonGroup.class).all();
        for (int i = 0; i < places.length; i++) {
            ((RadioButtonGroup<Integer>) groups.get(i)).setValue(places[i]);
        }
        test($(Button.class).withText("交卷").single()).click();
    }
}
