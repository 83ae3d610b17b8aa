package dev.zhanggui.portal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.popover.Popover;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MainLayoutTest extends ViewTest {

    @Autowired
    private Fixtures fixtures;

    @Test
    void a_shop_sees_what_it_needs_daily_and_the_rest_in_a_fold_that_says_where_we_are() {
        signIn(fixtures.owner("奶茶店").account());

        UI.getCurrent().navigate("merchant/codes");
        assertThat(names($(Nav.class).single())).containsExactly("店铺", "营业时间", "收款码", "收银机", "收款", "更多", "我的");
        assertThat(names($(Popover.class).single())).contains("店员", "系统对接", "应急预案");

        UI.getCurrent().navigate("merchant/members");
        assertThat(names($(Nav.class).single())).containsExactly("店铺", "营业时间", "收款码", "收银机", "收款", "店员", "我的");
        assertThat(here()).containsExactly("店员");
    }

    private List<String> here() {
        return $(Popover.class)
                .single()
                .getChildren()
                .filter(it -> "page".equals(it.getElement().getAttribute("aria-current")))
                .map(MainLayoutTest::name)
                .toList();
    }

    private static List<String> names(Component of) {
        return of.getChildren()
                .filter(it -> !(it instanceof Popover))
                .map(MainLayoutTest::name)
                .toList();
    }

    private static String name(Component place) {
        return place.getElement().getTextRecursively();
    }
}
