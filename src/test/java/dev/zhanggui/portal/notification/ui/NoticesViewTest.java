package dev.zhanggui.portal.notification.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.server.VaadinSession;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class NoticesViewTest extends ViewTest {

    @Autowired
    Notices notices;

    @Autowired
    NoticeBell bell;

    @Autowired
    Fixtures fixtures;

    private Fixtures.Owner owner;

    @BeforeEach
    void somebody() {
        owner = fixtures.owner("看消息的店");
        signIn(owner.account());
    }

    @Test
    void the_bell_counts_and_the_page_lists_and_opening_one_reads_it() {
        UI.getCurrent().navigate("notices");
        assertThat(page()).contains("还没有消息");
        assertThat(label(bell.create())).isEqualTo("消息");

        post("application/ZG2603-0007");
        post("merchant");
        assertThat(label(bell.create())).isEqualTo("消息，2 条未读");
        UI.getCurrent().navigate("merchant");
        UI.getCurrent().navigate("notices");
        assertThat(page()).contains("申请 ZG2603-0007 通过了", "未读");

        test(rows().getFirst()).click();
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath())
                .isEqualTo("merchant");
        assertThat(notices.unread(owner.actor())).isEqualTo(1);

        UI.getCurrent().navigate("notices");
        test($(Button.class).withText("全部标为已读").single()).click();
        assertThat(label(bell.create())).isEqualTo("消息");
    }

    @Test
    void notices_follow_the_readers_language() {
        post("application/ZG2603-0007");
        VaadinSession.getCurrent().setLocale(Locale.ENGLISH);
        UI.getCurrent().setLocale(Locale.ENGLISH);
        UI.getCurrent().navigate("notices");
        assertThat(page()).contains("Application ZG2603-0007 is approved");
    }

    @Test
    void nobody_sees_anothers() {
        post("application/ZG2603-0007");
        signIn(fixtures.owner("别家").account());
        UI.getCurrent().navigate("notices");
        assertThat(page()).contains("还没有消息").doesNotContain("ZG2603-0007");
    }

    private void post(String link) {
        notices.post(Fixtures.SYSTEM, owner.account(), "applicationApproved", List.of("ZG2603-0007"), link);
    }

    private List<NativeButton> rows() {
        return $(NativeButton.class).withClassName("zg-notice").all();
    }

    private static String label(Component bell) {
        return bell.getElement().getAttribute("aria-label");
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
