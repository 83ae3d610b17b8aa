package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.uikit.Glyph;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The one layout. On a phone the places stand in a bar at the bottom, on a desktop at the top; both are the same list, built from
 * {@code @Menu} on the pages this person may open. {@code @Menu(title = "a key of the bundles", order, icon = "a Glyph's name")};
 * orders: a shop's pages 10-29, staff 30-69, an applicant's 80, everybody's 90. The first is where a sign-in leads; a phone shows the first
 * four and the last, which lists them all.
 */
@Layout
@AnonymousAllowed
public class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {

    private final Nav places = new Nav();
    private final Div tools = new Div();
    private final Main content = new Main();
    private final Div above = new Div();
    private final transient AuthenticationContext authentication;
    private final transient ObjectProvider<HeaderTool> headerTools;
    private final transient ObjectProvider<Notice> notices;
    private List<MenuEntry> shown = List.of();

    public MainLayout(
            AuthenticationContext authentication,
            ObjectProvider<HeaderTool> headerTools,
            ObjectProvider<Notice> notices) {
        this.authentication = authentication;
        this.headerTools = headerTools;
        this.notices = notices;
        above.addClassName("zg-shell-notices");
        addClassName("zg-shell");
        places.addClassName("zg-shell-nav");
        places.setAriaLabel(getTranslation("shell.places"));
        tools.addClassName("zg-shell-tools");
        content.addClassName("zg-shell-main");
        content.setId("main");

        var skip = new Anchor("#main", getTranslation("shell.skip"));
        skip.addClassName("zg-skip");
        skip.getElement().setAttribute("router-ignore", true);
        var header = new Header(brand(), places, tools);
        header.addClassName("zg-shell-header");
        add(skip, header, above, content);
    }

    @Override
    public void showRouterLayoutContent(HasElement page) {
        content.getElement().removeAllChildren();
        content.getElement().appendChild(page.getElement());
    }

    @Override
    public void removeRouterLayoutContent(@Nullable HasElement page) {
        content.getElement().removeAllChildren();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        var entries = MenuConfiguration.getMenuEntries();
        var path = event.getLocation().getPath();
        if (!entries.equals(shown) || places.getComponentCount() == 0) {
            shown = entries;
            places.removeAll();
            entries.forEach(entry -> places.add(place(entry)));
            places.setVisible(!entries.isEmpty());
            setClassName("with-places", !entries.isEmpty());
        }
        markPlace(path);
        showNotices();
        tools.removeAll();
        fillTools(path);
    }

    private static Anchor brand() {
        var seal = new Span("掌");
        seal.addClassName("zg-seal");
        seal.getElement().setAttribute("aria-hidden", "true");
        var name = new Span("掌柜");
        name.addClassName("zg-brand-name");
        var brand = new Anchor("/", seal, name);
        brand.addClassName("zg-brand");
        return brand;
    }

    private Anchor place(MenuEntry entry) {
        var name = new Span(getTranslation(entry.title()));
        var icon = entry.icon();
        var link = new Anchor(path(entry), (icon == null ? Glyph.LIST : Glyph.named(icon)).icon(), name);
        link.addClassName("zg-place");
        return link;
    }

    private static String path(MenuEntry entry) {
        return entry.path().startsWith("/") ? entry.path().substring(1) : entry.path();
    }

    /** Of places that lie one in the other, such as the shop and its hours, only the inner one is where we are. */
    private void markPlace(String path) {
        var links = places.getChildren().map(Component::getElement).toList();
        var here = links.stream()
                .filter(link -> contains(target(link), path))
                .max(Comparator.comparingInt(link -> target(link).length()));
        links.forEach(link -> link.removeAttribute("aria-current"));
        here.ifPresent(link -> link.setAttribute("aria-current", "page"));
    }

    private static boolean contains(String target, String path) {
        return path.equals(target) || !target.isEmpty() && path.startsWith(target + "/");
    }

    private static String target(Element link) {
        return String.valueOf(link.getAttribute("href"));
    }

    private void showNotices() {
        above.removeAll();
        var roles = live().map(LiveAuthentication::roles).orElse(Set.of());
        notices.forEach(notice -> notice.forPerson(roles).ifPresent(above::add));
    }

    private static Optional<LiveAuthentication> live() {
        return org.springframework.security.core.context.SecurityContextHolder.getContext()
                                .getAuthentication()
                        instanceof LiveAuthentication live
                ? Optional.of(live)
                : Optional.empty();
    }

    private void fillTools(String path) {
        boolean chinese = getLocale().getLanguage().equals("zh");
        var language = tool(chinese ? "EN" : "中文", getTranslation("shell.language"), () -> {
            var other = chinese ? Texts.ENGLISH : Texts.CHINESE;
            Preferences.keepLocale(other);
            ui().getSession().setLocale(other);
            ui().getPage().reload();
        });
        language.getElement().setAttribute("lang", chinese ? "en" : "zh-CN");
        var size = tool(getTranslation("shell.size"), getTranslation("shell.size.more"), this::toggleSize);
        size.addClassName("zg-tool-size");
        tools.add(language, size);
        var person = authentication.getAuthenticatedUser(dev.zhanggui.portal.account.AccountId.class);
        if (person.isPresent()) {
            var leave = tool(getTranslation("shell.signOut"), getTranslation("shell.signOut"), authentication::logout);
            leave.addClassName("zg-tool-leave");
            headerTools.orderedStream().map(HeaderTool::create).forEach(tools::add);
            tools.add(label(), leave);
        } else if (!path.equals("login") && !path.equals("staff/login")) {
            var enter = new Anchor("/login", getTranslation("shell.signIn"));
            enter.addClassName("zg-tool");
            tools.add(enter);
        }
    }

    private Span label() {
        var label = new Span(live().map(LiveAuthentication::label).orElse(""));
        label.addClassName("zg-tool-label");
        return label;
    }

    private void toggleSize() {
        ui().getPage()
                .executeJs("return document.documentElement.classList.toggle('zg-elder')")
                .then(Boolean.class, Preferences::keepElder);
    }

    private static NativeButton tool(String text, String label, Runnable action) {
        var button = new NativeButton(text, click -> action.run());
        button.addClassName("zg-tool");
        button.setAriaLabel(label);
        button.setTitle(label);
        return button;
    }

    private UI ui() {
        return getUI().orElseThrow();
    }
}
