package dev.zhanggui.portal.merchant.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MembersViewTest extends ViewTest {

    private static final AtomicInteger NEXT = new AtomicInteger(100);
    private static final Actor SYSTEM = Actor.system("test");

    @Autowired
    Accounts accounts;

    @Autowired
    Merchants merchants;

    @Autowired
    CurrentActor actors;

    private static String number() {
        return "1386666" + String.format("%04d", NEXT.incrementAndGet());
    }

    private AccountId owner() {
        var owner = accounts.ensurePerson(SYSTEM, Phone.check(number()).orThrow());
        signIn(owner);
        return owner;
    }

    private void openShop(AccountId owner) {
        var merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        owner,
                        "巷口牛肉面",
                        MerchantKind.INDIVIDUAL,
                        null,
                        "陈师傅",
                        BankCard.check("6222021234567890128").isValid()
                                ? BankCard.check("6222021234567890128").orThrow()
                                : BankCard.check("4111111111111111").orThrow()));
        merchants.openStore(
                SYSTEM, merchant, new NewStore("解放路店", null, "430102", "解放路 21 号", HumanTime.CHINA, "restaurant"));
    }

    @Test
    void aSessionSeesItsNewShopWithoutSigningInAgain() {
        var owner = owner();
        UI.getCurrent().navigate("merchant/members");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);

        openShop(owner);

        UI.getCurrent().navigate("merchant/members");
        assertThat(getCurrentView()).isInstanceOf(MembersView.class);
        assertThat(actors.get().roles()).contains(Role.OWNER);
    }

    @Test
    void anInvitedCashierIsListedAndAWrongNumberIsToldWhy() {
        openShop(owner());
        navigate(MembersView.class);
        test($(TextField.class).id("member-phone")).setValue("123");
        test($(Button.class).withText("添加").single()).click();
        assertThat($(TextField.class).id("member-phone").getErrorMessage()).isEqualTo("手机号是 11 位，请再看一眼");

        var cashier = number();
        test($(TextField.class).id("member-phone")).setValue(cashier);
        test($(Button.class).withText("添加").single()).click();

        assertThat($(Span.class)
                        .withText(Phone.check(cashier).orThrow().masked())
                        .all())
                .hasSize(1);
        assertThat($(Button.class).withText("移出").all()).hasSize(1);
    }
}
