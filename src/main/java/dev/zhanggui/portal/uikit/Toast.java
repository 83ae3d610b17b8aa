package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.Notification.Position;

/** A short answer that passes by itself; nothing that must be kept is said only here. */
public final class Toast {

    private static final int DONE_MILLIS = 4_000;
    private static final int FAILED_MILLIS = 9_000;

    private Toast() {}

    public static Notification done(String text) {
        return show(Glyph.DONE, "open", text, "", DONE_MILLIS);
    }

    /** @param todo what the person can do now */
    public static Notification failed(String what, String todo) {
        return show(Glyph.WARN, "stop", what, todo, FAILED_MILLIS);
    }

    private static Notification show(Glyph glyph, String meaning, String text, String more, int millis) {
        var icon = glyph.icon();
        icon.addClassName("zg-" + meaning);
        var bold = new Span(text);
        bold.addClassName("zg-strong");
        var words = new Div(bold);
        if (!more.isEmpty()) {
            var todo = new Div(more);
            todo.addClassNames("zg-small", "zg-muted");
            words.add(todo);
        }
        var row = new Div(icon, words);
        row.addClassNames("zg-row", "top");
        var toast = new Notification(row);
        toast.setPosition(Position.TOP_CENTER);
        toast.setDuration(millis);
        toast.open();
        return toast;
    }
}
