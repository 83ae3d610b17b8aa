package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.EmptyState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PromotionsViewTest extends ViewTest {

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private Promotions promotions;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Test
    void the_first_promotion_is_made_and_stopped() {
        var owner = fixtures.owner("奶茶店");
        signIn(owner.account());
        navigate(PromotionsView.class);
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("还没有活动");

        press("做一个活动");
        press("开始活动");
        assertThat(field(0).getErrorMessage()).isEqualTo("请写活动名。");
        field(0).setValue("店庆");
        press("开始活动");
        assertThat(field(1).getErrorMessage()).isEqualTo("请写客人能得到什么优惠。");
        field(1).setValue("满 50 减 5");
        press("开始活动");

        var made = promotions.list(owner.actor(), owner.merchant());
        assertThat(made).singleElement().satisfies(it -> {
            assertThat(it.stageAt(clock.instant())).isEqualTo(Promotion.Stage.RUNNING);
            assertThat(it.cap()).isNull();
            assertThat(Duration.between(it.from(), it.until())).isGreaterThan(Duration.ofDays(6));
        });
        assertThat(cards()).contains("店庆", "满 50 减 5", "进行中");

        press("停止活动");
        $(ConfirmDialog.class).single();
        test($(ConfirmDialog.class).single()).confirm();
        assertThat(cards()).contains("已停止");
        assertThat(promotions.list(owner.actor(), owner.merchant()).getFirst().stoppedAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void a_cashier_sees_promotions_and_changes_none() {
        var owner = fixtures.owner("奶茶店");
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        var view = navigate(PromotionsView.class);
        assertThat($(Button.class).from(view).all()).isEmpty();
        assertThat(view.getElement().getTextRecursively()).contains("请店主或店长来做");
    }

    private TextField field(int index) {
        return $(TextField.class).from($(Dialog.class).single()).all().get(index);
    }

    private String cards() {
        return $(Article.class).single().getElement().getTextRecursively();
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }
}
