package dev.zhanggui.portal.webhook.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SampleReceiver;
import dev.zhanggui.portal.webhook.Webhooks;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page on which a merchant connects its own systems. */
class WebhooksViewTest extends ViewTest {

    @Autowired
    Webhooks webhooks;

    @Autowired
    SampleReceiver receiver;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    Fixtures fixtures;

    private Fixtures.Owner owner;

    @BeforeEach
    void anOwner() {
        owner = fixtures.owner("有软件的店");
        signIn(owner.account());
    }

    @Test
    void somebody_without_a_system_is_told_that_there_is_nothing_to_do() {
        UI.getCurrent().navigate("merchant/webhooks");
        assertThat(page()).contains("还没有接收地址", "没有这样的软件，不用管这一页");
    }

    @Test
    void an_endpoint_is_added_and_its_secret_is_shown_this_once() {
        UI.getCurrent().navigate("merchant/webhooks");
        press("添加接收地址");
        test(url()).setValue("https://192.168.1.5/hook");
        press("添加");
        assertThat(url().getErrorMessage()).isEqualTo("这是内部网络的地址，从外面到不了，请填公网地址");
        assertThat(webhooks.endpoints(owner.actor(), owner.merchant())).isEmpty();

        test(url()).setValue("https://hook.example/in");
        press("添加");
        assertThat($(Div.class).id("webhook-secret").getText()).startsWith("whsec_");
        press("抄好了");
        assertThat(page()).contains("hook.example", "正常", "收到一笔款", "还没有发过").doesNotContain("whsec_");
        assertThat(webhooks.endpoints(owner.actor(), owner.merchant()))
                .singleElement()
                .satisfies(it -> assertThat(it.events()).isEqualTo(EnumSet.copyOf(EventType.CHOICES)));
    }

    @Test
    void without_any_event_it_is_refused_beside_the_choice() {
        UI.getCurrent().navigate("merchant/webhooks");
        press("添加接收地址");
        test(url()).setValue("https://hook.example/in");
        var events = $(CheckboxGroup.class).single();
        events.deselectAll();
        press("添加");
        assertThat(events.isInvalid()).isTrue();
        assertThat(events.getErrorMessage()).isEqualTo("请至少选一样");
    }

    @Test
    void a_test_is_sent_listed_filtered_and_opened() {
        var endpoint = endpoint("收银软件");
        open(endpoint);
        press("试发一条");
        assertThat(page()).contains("正在发", "还没有结果");
        assertThat(webhooks.deliveries(owner.actor(), endpoint.id(), Webhooks.Wanted.in(DeliveryState.WAITING), null))
                .hasSize(1);

        test($(NativeButton.class).withText("停了").single()).click();
        assertThat(UI.getCurrent()
                        .getInternals()
                        .getActiveViewLocation()
                        .getQueryParameters()
                        .getSingleParameter("state"))
                .hasValue("STOPPED");
        assertThat(page()).contains("没有这样的通知");

        test($(NativeButton.class).withText("全部").single()).click();
        $(Details.class).single().setOpened(true);
        assertThat(page()).contains("\"type\":\"ping\"", endpoint.publicId());
    }

    @Test
    void one_is_found_by_its_event_in_the_pages_own_words_and_by_its_id() {
        var endpoint = endpoint("收银软件");
        open(endpoint);
        press("试发一条");
        var ping = webhooks.deliveries(owner.actor(), endpoint.id(), Webhooks.Wanted.ALL, null)
                .getFirst();

        search("收到一笔款");
        assertThat(page()).contains("没有这样的通知");
        search("试发");
        assertThat(page()).contains("正在发");
        search(ping.publicId());
        assertThat(page()).contains("正在发");
        assertThat(UI.getCurrent()
                        .getInternals()
                        .getActiveViewLocation()
                        .getQueryParameters()
                        .getSingleParameter("text"))
                .hasValue(ping.publicId());
    }

    @Test
    void the_demos_receiver_shows_what_came_and_that_it_was_not_signed() {
        UI.getCurrent().navigate("demo/webhook");
        assertThat(page()).contains("/demo/webhook/in");
        receiver.take(new SampleReceiver.Signature("", "", ""), "{\"type\":\"lottery.won\"}");
        UI.getCurrent().navigate("merchant/webhooks");
        UI.getCurrent().navigate("demo/webhook");
        assertThat(page()).contains("没有签名", "lottery.won");
    }

    @Test
    void an_endpoint_is_stopped_after_a_question_that_names_it_and_started_again() {
        var endpoint = endpoint("收银软件");
        open(endpoint);
        press("停用");
        var question = $(ConfirmDialog.class).single();
        assertThat(question.getElement().getProperty("header")).isEqualTo("停用 hook.example");
        test(question).confirm();
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).isActive()).isFalse();
        assertThat(page()).contains("停用的", "启用之后，停下的通知可以重发", "这个地址停着");

        press("启用");
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).isActive()).isTrue();
    }

    @Test
    void the_secret_is_rotated_and_the_end_of_the_old_one_told() {
        open(endpoint("收银软件"));
        press("换密钥");
        test($(ConfirmDialog.class).single()).confirm();
        assertThat($(Div.class).id("webhook-secret").getText()).startsWith("whsec_");
        press("抄好了");
        assertThat(page()).contains("旧密钥还管用到 明天 10:00");
    }

    @Test
    void a_manager_may_and_a_cashier_may_not() {
        var endpoint = endpoint("收银软件");
        for (var role : Set.of(Role.MANAGER, Role.CASHIER)) {
            var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
            access.grant(Fixtures.SYSTEM, account, owner.merchant(), role);
            signIn(account);
            open(endpoint);
            assertThat(getCurrentView()).isInstanceOf(role == Role.MANAGER ? WebhooksView.class : NoRightView.class);
        }
    }

    private Endpoint endpoint(String description) {
        return ((EndpointOutcome.Created) webhooks.create(
                        owner.actor(),
                        owner.merchant(),
                        new EndpointDraft("https://hook.example/in", description, Set.of(EventType.QR_REVOKED))))
                .endpoint();
    }

    private void open(Endpoint endpoint) {
        UI.getCurrent().navigate("merchant/webhooks", QueryParameters.of("endpoint", endpoint.publicId()));
    }

    private TextField url() {
        return $(TextField.class).id("webhook-url");
    }

    private void search(String text) {
        test($(TextField.class).id("webhook-search")).setValue(text);
    }

    private void press(String text) {
        test($(Button.class).withText(text).all().getLast()).click();
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }
}
