package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The one layout. On a phone the places stand in a bar at the bottom, on a desktop at the top; both are the same list, built from
 * {@code @Menu} on the pages this person may open. {@code @Menu(title = "a key of the bundles", order, icon = "a Glyph's name")};
 * orders: a shop's pages 10-29, staff 30-69, an applicant's 80, everybody's 90. The first is where a sign-in leads. A desktop shows
 * the first five, the last, and a fold with those between; a phone the first four and the last, which lists them all.
 */
@Layout
@AnonymousAllowed
public class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {

    /** More do not fit beside the tools of a small desktop. */
    private static final int UNFOLDED = 5;

    private final Nav places = new Nav();
    private final List<Anchor> links = new ArrayList<>();
    private final Popover folded = new Popover();
    private final NativeButton fold = new NativeButton();
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
        fold.addClassNames("zg-place", "zg-fold");
        folded.setTarget(fold);
        folded.addClassName("zg-folded");
        folded.setPosition(PopoverPosition.BOTTOM_START);
        folded.setAriaLabel(getTranslation("shell.places"));
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
            fill(entries);
            places.setVisible(!entries.isEmpty());
            setClassName("with-places", !entries.isEmpty());
        }
        folded.close();
        markPlace(path);
        showNotices();
        tools.removeAll();
        fillTools(path);
    }

    private void fill(List<MenuEntry> entries) {
        places.removeAll();
        folded.removeAll();
        links.clear();
        entries.forEach(entry -> links.add(place(entry)));
        boolean fits = links.size() <= UNFOLDED + 2;
        for (int i = 0; i < links.size(); i++) {
            boolean open = fits || i < UNFOLDED || i == links.size() - 1;
            if (open) {
                places.add(links.get(i));
            } else {
                folded.add(links.get(i));
            }
            if (!fits && i == links.size() - 2) {
                places.add(fold, folded);
            }
        }
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
        var here = links.stream()
                .filter(link -> contains(target(link), path))
                .max(Comparator.comparingInt(link -> target(link).length()));
        links.forEach(link -> link.getElement().removeAttribute("aria-current"));
        here.ifPresent(link -> link.getElement().setAttribute("aria-current", "page"));
        var inFold = here.filter(link -> folded.getChildren().anyMatch(link::equals));
        fold.setText(inFold.map(link ->
                        link.getChildren().toList().getLast().getElement().getText())
                .orElseGet(() -> getTranslation("shell.more")));
        fold.setClassName("zg-here", inFold.isPresent());
    }

    private static boolean contains(String target, String path) {
        return path.equals(target) || !target.isEmpty() && path.startsWith(target + "/");
    }

    private static String target(Anchor link) {
        return String.valueOf(link.getElement().getAttribute("href"));
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
