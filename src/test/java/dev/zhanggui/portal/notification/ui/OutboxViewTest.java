package dev.zhanggui.portal.notification.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.LiveUpdates;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OutboxViewTest extends ViewTest {

    private static final AtomicInteger NEXT = new AtomicInteger(100);

    @Autowired
    SignIn signIn;

    @Autowired
    Outbox outbox;

    @Autowired
    LiveUpdates updates;

    private static String phone() {
        return "1385555" + String.format("%04d", NEXT.incrementAndGet());
    }

    @Test
    void theFilterShowsOnePhonesMessagesWithTheCodeInThem() {
        var phone = phone();
        signIn.requestCode(phone, "test");
        signIn.requestCode(phone(), "test");
        var code = outbox.latest(Optional.of(Phone.check(phone).orThrow()))
                .getFirst()
                .params()
                .get("code");
        navigate(OutboxView.class);
        test($(TextField.class).id("phone-filter")).setValue(phone);

        assertThat($(Paragraph.class).all())
                .extracting(Paragraph::getText)
                .containsExactly("【掌柜】验证码 " + code + "，5 分钟内有效。我们不会向您要验证码。");
    }

    @Test
    void aPhoneWithoutMessagesSaysWhatToDo() {
        UI.getCurrent().navigate("demo/outbox", QueryParameters.of("phone", phone()));
        assertThat($(H3.class).all()).extracting(H3::getText).containsExactly("还没有短信");
    }

    @Test
    void anOpenPageListensAndAClosedOneNoLonger() {
        int before = updates.listeners(OutboxLive.TOPIC);
        navigate(OutboxView.class);
        assertThat(updates.listeners(OutboxLive.TOPIC)).isEqualTo(before + 1);
        UI.getCurrent().navigate("login");
        assertThat(updates.listeners(OutboxLive.TOPIC)).isEqualTo(before);
    }
}
