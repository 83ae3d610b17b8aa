package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import jakarta.annotation.security.PermitAll;
import java.util.stream.Collectors;
import org.springframework.security.core.context.SecurityContextHolder;

/** Mine: who I am here, every place I have, and the way out. */
@Route("me")
@Menu(title = "shell.me", order = 90, icon = "person")
@PermitAll
public class MyView extends Div implements HasDynamicTitle {

    public MyView(AuthenticationContext authentication) {
        addClassName("zg-page");
        var places = new Div();
        places.addClassNames("zg-card", "zg-rows");
        for (var entry : MenuConfiguration.getMenuEntries()) {
            if (entry.menuClass() != MyView.class) {
                var name = new Span(getTranslation(entry.title()));
                name.addClassName("zg-grow");
                var icon = entry.icon();
                var link = new Anchor(
                        entry.path().replaceFirst("^/", ""),
                        (icon == null ? Glyph.LIST : Glyph.named(icon)).icon(),
                        name,
                        Glyph.NEXT.icon());
                link.addClassNames("zg-row", "zg-my-place");
                places.add(link);
            }
        }
        places.setVisible(places.getComponentCount() > 0);
        var leave =
                new Button(getTranslation("shell.signOut"), Glyph.SIGN_OUT.icon(), click -> authentication.logout());
        leave.addThemeVariants(ButtonVariant.TERTIARY);
        add(new PageHeader(getTranslation("shell.me")), who(), places, leave);
    }

    private Section who() {
        var facts = new Facts();
        if (SecurityContextHolder.getContext().getAuthentication() instanceof LiveAuthentication live) {
            facts.fact(getTranslation(live.isStaff() ? "shell.me.name" : "shell.me.phone"), live.label());
            facts.fact(
                    getTranslation("shell.me.roles"),
                    live.roles().stream()
                            .sorted()
                            .map(role -> getTranslation("account.role." + role))
                            .collect(Collectors.joining(" · ")));
        }
        return new Section(getTranslation("shell.me.account"), facts);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("shell.me");
    }
}
