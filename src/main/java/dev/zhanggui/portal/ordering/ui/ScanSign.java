package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import java.util.Comparator;
import java.util.List;

/** Right or wrong, to be read standing from two metres: a word, a sign, and the two numbers one above the other. */
class ScanSign extends Div {

    private static final int TAIL = 4;

    private final Div words = new Div();

    private ScanSign(Meaning meaning, Glyph glyph, String title, String detail) {
        addClassNames("warehouse-sign", meaning.cssClass());
        getElement().setAttribute("role", meaning == Meaning.STOP ? "alert" : "status");
        var icon = new Span(glyph.icon());
        icon.addClassName("sign");
        var word = new Div(title);
        word.addClassName("word");
        var small = new Div(detail);
        small.addClassName("detail");
        words.add(word, small);
        words.addClassName("words");
        add(icon, words);
    }

    static ScanSign right(String title, String detail) {
        return new ScanSign(Meaning.OPEN, Glyph.CHECK, title, detail);
    }

    static ScanSign wrong(String title, String detail) {
        return new ScanSign(Meaning.STOP, Glyph.CROSS, title, detail);
    }

    /** The wanted serial above the scanned one, with the characters that differ marked. */
    ScanSign compare(String wantedLabel, String wanted, String scannedLabel, String scanned) {
        var numbers = new Div(label(wantedLabel), serial(wanted, wanted), label(scannedLabel), serial(scanned, wanted));
        numbers.addClassName("numbers");
        add(numbers);
        return this;
    }

    /** Of the serials still wanted the one that looks most like the scanned one: the likely mix-up. */
    static String closest(String scanned, List<Serial> wanted) {
        return wanted.stream()
                .map(Serial::value)
                .max(Comparator.comparingInt(serial -> sameCharacters(serial, scanned)))
                .orElse("");
    }

    private static int sameCharacters(String one, String other) {
        int same = 0;
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            same += one.charAt(i) == other.charAt(i) ? 1 : 0;
        }
        return same;
    }

    private static Span label(String text) {
        var label = new Span(text);
        label.addClassName("label");
        return label;
    }

    private static Span serial(String text, String wanted) {
        int split = Math.max(0, text.length() - TAIL);
        var serial = new Span();
        serial.addClassName("serial");
        serial.setTitle(text);
        if (split > 0) {
            serial.add(part(text.substring(0, split), wanted.startsWith(text.substring(0, split)), "head"));
        }
        for (int i = split; i < text.length(); i++) {
            boolean same = i < wanted.length() && wanted.charAt(i) == text.charAt(i);
            serial.add(part(text.substring(i, i + 1), same, "tail"));
        }
        return serial;
    }

    private static Span part(String text, boolean same, String className) {
        var part = new Span(text);
        part.addClassName(className);
        part.setClassName("differs", !same);
        return part;
    }
}
