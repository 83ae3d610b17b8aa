package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.internal.BatchWork;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class BatchesViewTest extends ViewTest {

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private CodeBatches batches;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private BatchWork work;

    @BeforeEach
    void aShop() {
        owner = fixtures.owner("解放路店");
        work = beans.createBean(BatchWork.class);
        signIn(owner.account());
    }

    @Test
    void wrong_rows_are_named_and_right_ones_are_made_only_when_somebody_says_so() {
        navigate(BatchesView.class);
        assertThat(page()).contains("还没有批量做过码");

        upload("门店,位置\n解放路店,柜台\n没有这家店,门口\n解放路店,\n解放路店,2 号桌");
        assertThat(page()).contains("可以做 2 张，1 家店", "2 行要改", "第 3 行", "没有这家店。请照店名或门店编号写。", "第 4 行", "没写放在哪里。");
        assertThat(codes.list(owner.actor(), owner.store().id())).isEmpty();

        press("做这 2 张");
        assertThat($(ProgressBar.class).single().getValue()).isZero();
        assertThat(page()).contains("做好 0 / 2 张，2 行没做", "在做");
        work.all();
        untilPushed(() -> page().contains("做好 2 / 2 张，2 行没做"));
        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::place)
                .containsExactly("柜台", "2 号桌");
        assertThat(page()).contains("打印", "贴纸 50 毫米", "码号 001");
    }

    @Test
    void rows_are_found_by_result_and_by_words() {
        batches.start(owner.actor(), owner.merchant(), "四月.csv", file("解放路店,柜台\n没有这家店,门口\n解放路店,2 号桌"), false);
        work.all();
        navigate(BatchesView.class);
        assertThat(page()).contains("四月.csv", "做好 2 / 2 张，1 行没做", "做好了");
        UI.getCurrent()
                .navigate(
                        BatchView.class,
                        BatchView.of(
                                batches.list(owner.actor(), owner.merchant()).getFirst()));

        chip("要改");
        assertThat(page()).contains("没有这家店").doesNotContain("2 号桌");
        chip("全部");
        test($(TextField.class).single()).setValue("2 号");
        assertThat(page()).contains("2 号桌").doesNotContain("没有这家店");
        test($(TextField.class).single()).setValue("火星");
        assertThat(page()).contains("没有这样的行");
    }

    @Test
    void a_batch_is_stopped_and_what_was_made_stays() {
        batches.start(owner.actor(), owner.merchant(), "四月.csv", file("解放路店,柜台\n解放路店,2 号桌"), false);
        UI.getCurrent()
                .navigate(
                        BatchView.class,
                        BatchView.of(
                                batches.list(owner.actor(), owner.merchant()).getFirst()));
        press("停下");
        assertThat($(ConfirmDialog.class).single().getElement().getProperty("message"))
                .contains("已经做好的 0 张照常能用");
        test($(ConfirmDialog.class).single()).confirm();

        assertThat(batches.list(owner.actor(), owner.merchant()).getFirst().state())
                .isEqualTo(BatchState.CANCELLED);
        assertThat(page()).contains("停下了", "没做");
        work.all();
        assertThat(codes.list(owner.actor(), owner.store().id())).isEmpty();
    }

    @Test
    void the_same_table_warns_and_a_table_that_cannot_be_read_says_what_to_do() {
        batches.start(owner.actor(), owner.merchant(), "四月.csv", file("解放路店,柜台"), false);
        work.all();
        navigate(BatchesView.class);
        upload("门店,位置\n解放路店,柜台");
        assertThat(page()).contains("这张表用过了", "再做，每个位置会多一张新码");

        upload("随便写的\n什么也不是");
        assertThat(page()).contains("这张表看不了", "第一行要写列名");
        assertThat($(Button.class).all()).noneMatch(it -> it.getText().startsWith("做这"));
    }

    @Test
    void a_cashier_has_no_such_page() {
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        UI.getCurrent().navigate("merchant/codes/batches");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
    }

    private static byte[] file(String rows) {
        return ("门店,位置\n" + rows).getBytes(StandardCharsets.UTF_8);
    }

    private void upload(String text) {
        test($(Upload.class).single()).upload("四月.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private void chip(String text) {
        test($(NativeButton.class).withText(text).single()).click();
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }
}
