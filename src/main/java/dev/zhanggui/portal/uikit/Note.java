package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/** A tinted message: icon, a bold line, and a sentence that may be missing. */
public class Note extends Div {

    public Note(Meaning meaning, String title, @Nullable String text) {
        addClassNames("zg-note", meaning.cssClass());
        var words = new Div();
        words.addClassName("zg-grow");
        var bold = new Span(title);
        bold.addClassName("zg-strong");
        words.add(bold);
        if (text != null) {
            var sentence = new Div(text);
            sentence.addClassNames("zg-small", "zg-muted");
            words.add(sentence);
        }
        add(glyph(meaning).icon(), words);
    }

    private static Glyph glyph(Meaning meaning) {
        return switch (meaning) {
            case OPEN -> Glyph.DONE;
            case CLOSED -> Glyph.INFO;
            case ATTEND -> Glyph.WARN;
            case STOP -> Glyph.STOP;
        };
    }
}
