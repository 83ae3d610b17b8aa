package dev.zhanggui.portal.merchant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;

class MerchantsViewTest extends ViewTest {

    @Autowired
    Accounts accounts;

    @Autowired
    Merchants merchants;

    @Autowired
    Fixtures fixtures;

    private String name;
    private Fixtures.Owner owner;

    @BeforeEach
    void aReviewerAndAMerchant() {
        name = "停" + Ids.ulid();
        owner = fixtures.owner(name);
        var reviewer = ((StaffCreation.Created) accounts.createStaff(
                        Fixtures.SYSTEM,
                        "m" + Long.toString(Ids.next(), 36),
                        "小满",
                        "correct horse battery",
                        Set.of(Role.REVIEWER)))
                .account();
        signIn(reviewer, FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY);
    }

    @Test
    void a_merchant_is_found_stopped_with_a_reason_and_let_go_on() {
        UI.getCurrent().navigate("staff/merchants");
        test($(TextField.class).id("merchant-search")).setValue(name);
        test($(Button.class).withText("查找").single()).click();
        assertThat(page()).contains(name, "可以收款");

        test($(Button.class).withText("暂停收款").single()).click();
        test($(Button.class).withText("暂停" + name + "的收款").single()).click();
        assertThat($(TextArea.class).single().getErrorMessage()).isEqualTo("请写明原因");
        assertThat(frozenReason()).isNull();

        test($(TextArea.class).single()).setValue("证件过期");
        test($(Button.class).withText("暂停" + name + "的收款").single()).click();
        assertThat(frozenReason()).isEqualTo("证件过期");
        assertThat(page()).contains("已暂停收款", "今天 10:00 起：证件过期");

        test($(Button.class).withText("恢复收款").single()).click();
        test($(TextArea.class).single()).setValue("补交了");
        test($(Button.class).withText("恢复" + name + "的收款").single()).click();
        assertThat(frozenReason()).isNull();
        assertThat(page()).contains("可以收款").doesNotContain("证件过期");
    }

    @Test
    void a_search_that_finds_nobody_says_what_to_try() {
        UI.getCurrent().navigate(MerchantsView.class, QueryParameters.of("q", "没有" + Ids.ulid()));
        assertThat(page()).contains("没找到");
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }

    private @Nullable String frozenReason() {
        return merchants.merchant(Fixtures.SYSTEM, owner.merchant()).frozenReason();
    }
}
