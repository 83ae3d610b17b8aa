package dev.zhanggui.portal.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.ApiKeys.KeyFault;
import dev.zhanggui.portal.api.ApiKeys.KeyOutcome;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page on which an owner gives keys to its software. */
class KeysViewTest extends ViewTest {

    @Autowired
    ApiKeys keys;

    @Autowired
    Fixtures fixtures;

    private Fixtures.Owner owner;

    @BeforeEach
    void anOwner() {
        owner = fixtures.owner("有软件的店");
        signIn(owner.account());
    }

    @Test
    void somebody_whom_nobody_asked_for_a_key_is_told_that_there_is_nothing_to_do() {
        UI.getCurrent().navigate("merchant/keys");
        assertThat(page()).contains("还没有密钥", "没有人要，不用管这一页");
    }

    @Test
    void a_key_is_made_shown_once_and_says_in_plain_words_what_it_may() {
        UI.getCurrent().navigate("merchant/keys");
        press("新建密钥");
        press("建密钥");
        assertThat(label().getErrorMessage()).isEqualTo("请写清楚给哪个软件用");
        test(label()).setValue("会员系统");
        press("建密钥");
        assertThat(scopes().getErrorMessage()).isEqualTo("请至少选一样，不然它什么也做不了");
        assertThat(keys.ofMerchant(owner.actor(), owner.merchant())).isEmpty();

        scopes().select(Scope.ACCEPTANCE_READ, Scope.QR_CODES_READ);
        press("建密钥");
        var secret = $(Div.class).id("key-secret").getText();
        assertThat(keys.authenticate(secret)).hasValueSatisfying(shown -> {
            assertThat(shown.scopes()).containsExactlyInAnyOrder(Scope.ACCEPTANCE_READ, Scope.QR_CODES_READ);
            assertThat(shown.actor().roles()).containsExactly(Role.CASHIER);
            assertThat(shown.actor().boundTo()).isEqualTo(owner.merchant());
        });
        press("抄好了");
        assertThat(page())
                .contains("会员系统", "店员", "看收款码、下载图片", "问一张码现在能不能收", "还没用过")
                .doesNotContain(secret);
        UI.getCurrent().navigate("merchant/members");
        UI.getCurrent().navigate("merchant/keys");
        assertThat(page()).contains("刚刚用过");
    }

    @Test
    void a_rotated_key_works_on_for_a_day_and_no_longer() {
        var before = make("收银软件");
        UI.getCurrent().navigate("merchant/keys");
        press("换一把");
        test($(ConfirmDialog.class).single()).confirm();
        var after = $(Div.class).id("key-secret").getText();
        press("抄好了");
        assertThat(page()).contains("旧的这把还管用到 明天 10:00");
        assertThat(keys.authenticate(before)).isPresent();
        assertThat(keys.authenticate(after))
                .hasValueSatisfying(shown -> assertThat(shown.scopes()).containsExactly(Scope.HOURS_READ));
        var old = keys.ofMerchant(owner.actor(), owner.merchant()).getLast();
        assertThat(keys.rotate(owner.actor(), old.id())).isEmpty();

        clock.advance(Duration.ofHours(24));
        assertThat(keys.authenticate(before)).isEmpty();
        assertThat(keys.authenticate(after)).isPresent();
    }

    @Test
    void a_key_is_revoked_at_once_after_a_question_that_names_it() {
        var secret = make("收银软件");
        UI.getCurrent().navigate("merchant/keys");
        press("停用");
        var question = $(ConfirmDialog.class).single();
        assertThat(question.getElement().getProperty("header")).isEqualTo("停用「收银软件」");
        assertThat(keys.authenticate(secret)).isPresent();
        test(question).confirm();
        assertThat(keys.authenticate(secret)).isEmpty();
        assertThat(page()).contains("还没有密钥", "停用了的密钥");
    }

    @Test
    void a_key_on_its_way_out_can_be_revoked_at_once_too() {
        var before = make("收银软件");
        var key = keys.ofMerchant(owner.actor(), owner.merchant()).getFirst();
        keys.rotate(owner.actor(), key.id());
        keys.revoke(owner.actor(), key.id());
        assertThat(keys.authenticate(before)).isEmpty();
    }

    @Test
    void every_scope_of_a_merchants_key_has_words_and_what_is_only_staffs_is_left_out() {
        keys.createForMerchant(owner.actor(), owner.merchant(), "全能", Role.OWNER, EnumSet.allOf(Scope.class));
        UI.getCurrent().navigate("merchant/keys");
        assertThat($(Span.class).withClassName("zg-tag").all())
                .extracting(Span::getText)
                .hasSameSizeAs(Scope.OF_MERCHANTS)
                .allSatisfy(words -> assertThat(words).matches("[\\p{IsHan}、]+"));
    }

    @Test
    void there_are_only_so_many_keys() {
        for (int i = 0; i < ApiKeys.LIVE_MOST; i++) {
            make("第 " + i + " 把");
        }
        assertThat(keys.make(owner.actor(), owner.merchant(), "再来", Role.CASHIER, Set.of(Scope.HOURS_READ)))
                .isEqualTo(new KeyOutcome.Refused(KeyFault.TOO_MANY));
        assertThat(keys.make(owner.actor(), owner.merchant(), "长".repeat(61), Role.CASHIER, Set.of(Scope.HOURS_READ)))
                .isEqualTo(new KeyOutcome.Refused(KeyFault.LABEL_TOO_LONG));
    }

    private String make(String label) {
        return ((KeyOutcome.Made)
                        keys.make(owner.actor(), owner.merchant(), label, Role.CASHIER, Set.of(Scope.HOURS_READ)))
                .created()
                .secret();
    }

    private TextField label() {
        return $(TextField.class).id("key-label");
    }

    @SuppressWarnings("unchecked")
    private CheckboxGroup<Scope> scopes() {
        return $(CheckboxGroup.class).single();
    }

    private void press(String text) {
        test($(Button.class).withText(text).all().getLast()).click();
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }
}
