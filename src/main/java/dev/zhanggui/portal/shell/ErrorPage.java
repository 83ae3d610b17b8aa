package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;

/** A page in place of the one that could not be shown: what happened, what is safe, what to do. */
abstract class ErrorPage extends Div implements HasDynamicTitle {

    private String title = "";

    ErrorPage() {
        addClassName("zg-page");
    }

    /** Fills the page and answers the HTTP status. */
    final int show(Failure failure) {
        return switch (failure) {
            case Failure.Missing() -> show(404, Glyph.SEARCH, Meaning.CLOSED, "shell.missing");
            case Failure.NoRight() -> show(403, Glyph.LOCK, Meaning.CLOSED, "shell.noRight");
            case Failure.ChangedMeanwhile() -> show(409, Glyph.HISTORY, Meaning.ATTEND, "shell.changed");
            case Failure.DatabaseIsAway() -> show(503, Glyph.WARN, Meaning.ATTEND, "shell.away");
            case Failure.Unexpected(var reference) -> show(500, Glyph.WARN, Meaning.STOP, "shell.error", reference);
        };
    }

    private int show(int status, Glyph glyph, Meaning meaning, String key, Object... params) {
        title = getTranslation(key + ".title");
        var icon = glyph.icon();
        icon.addClassNames("zg-error-icon", "zg-" + meaning.cssClass());
        var safe = new Paragraph(getTranslation(key + ".safe"));
        safe.addClassName("zg-muted");
        var todo = new Paragraph(getTranslation(key + ".todo", params));
        var home = new Anchor("/", new Button(getTranslation("shell.home")));
        home.getElement().setAttribute("router-ignore", true);
        removeAll();
        var box = new Div(icon, new H1(title), safe, todo, home);
        box.addClassNames("zg-stack", "zg-error-page");
        add(box);
        return status;
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
