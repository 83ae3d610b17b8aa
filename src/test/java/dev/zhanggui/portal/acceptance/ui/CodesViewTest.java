package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.EmptyState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CodesViewTest extends ViewTest {

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Test
    void an_owner_without_codes_is_told_what_they_are_for_and_makes_the_first() {
        var owner = open("早点铺");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("还没有收款码");

        press("做一张新码");
        press("做码");
        assertThat($(TextField.class).from(dialog()).single().getErrorMessage()).isEqualTo("请写放在哪里，例如「柜台」");
        test($(TextField.class).from(dialog()).single()).setValue("柜台");
        press("做码");

        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::place)
                .containsExactly("柜台");
        assertThat(cards())
                .singleElement()
                .satisfies(card ->
                        assertThat(card.getElement().getTextRecursively()).contains("柜台", "001", "还没有人扫过", "现在照常收"));
    }

    @Test
    void each_plate_offers_its_three_formats_and_its_stop_by_name() {
        var owner = fixtures.owner("面馆");
        issue(owner, "柜台");
        issue(owner, "门口");
        open(owner);

        assertThat(cards()).hasSize(2);
        assertThat($(Anchor.class).from(cards().getFirst()).all().stream()
                        .map(link -> link.getElement().getAttribute("aria-label")))
                .containsExactly("下载柜台（001）的 PNG", "下载柜台（001）的 SVG", "下载柜台（001）的 PDF");
    }

    @Test
    void a_stopped_code_is_folded_away_and_refuses_payers_at_once() {
        var owner = fixtures.owner("烧烤摊");
        var code = issue(owner, "3 号桌");
        open(owner);

        press("停用");
        press("停用「3 号桌」的码");
        assertThat(reason().getErrorMessage()).isEqualTo("请选一个原因");
        assertThat(codes.get(owner.actor(), code.id()).isActive()).isTrue();
        reason().setValue(RevocationReason.TAMPERED);
        press("停用「3 号桌」的码");

        assertThat(acceptance.ask(code.code()).reason()).isEqualTo("CODE_REVOKED");
        assertThat(cards()).isEmpty();
        var folded = $(Details.class).single();
        assertThat(folded.getSummaryText()).isEqualTo("1 张已停用");
        assertThat(folded.getElement().getTextRecursively()).contains("3 号桌 · 001", "被贴过或换过");
    }

    @Test
    void a_cashier_sees_the_plates_and_who_can_help_but_no_buttons() {
        var owner = fixtures.owner("水果店");
        issue(owner, "柜台");
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        var view = navigate(CodesView.class);

        assertThat(cards()).hasSize(1);
        assertThat($(Anchor.class).from(cards().getFirst()).all()).isEmpty();
        assertThat($(Button.class).from(view).all()).isEmpty();
        assertThat(view.getElement().getTextRecursively()).contains("要店主或店长来做");
    }

    @Test
    void another_merchants_store_is_not_found() {
        var other = fixtures.owner("别家");
        signIn(fixtures.owner("我家").account());
        UI.getCurrent()
                .navigate(
                        "merchant/codes",
                        QueryParameters.of("store", other.store().publicId()));
        assertThat(getCurrentView()).isNotInstanceOf(CodesView.class);
        assertThat(UI.getCurrent().getElement().getTextRecursively()).doesNotContain("别家");
    }

    private Fixtures.Owner open(String name) {
        var owner = fixtures.owner(name);
        open(owner);
        return owner;
    }

    private void open(Fixtures.Owner owner) {
        signIn(owner.account());
        navigate(CodesView.class);
    }

    private QrCode issue(Fixtures.Owner owner, String place) {
        return ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), place)).code();
    }

    private List<PlateCard> cards() {
        return $(PlateCard.class).all();
    }

    private Dialog dialog() {
        return $(Dialog.class).last();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<RevocationReason> reason() {
        return Objects.requireNonNull($(RadioButtonGroup.class).from(dialog()).single());
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }
}
