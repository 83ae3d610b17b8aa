package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Read;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.util.List;
import java.util.Optional;

/** What a text would make of the hours: a sentence, the week, what was assumed; or the text with the wrong place marked. */
class ReadPreview extends Div {

    private static final int MOST_SHOWN = 6;
    private static final int AROUND = 24;

    private final HoursDocument before;
    private final Setting setting;

    ReadPreview(HoursDocument before, Setting setting) {
        this.before = before;
        this.setting = setting;
        addClassNames("zg-stack", "zg-read-preview");
        getElement().setAttribute("role", "status");
    }

    /** The hours after the text was put in; empty when it is refused, or changes nothing. */
    Optional<HoursDocument> show(HoursFormat format, String text) {
        removeAll();
        if (text.isBlank()) {
            return Optional.empty();
        }
        return switch (format.read(text, setting)) {
            case Read.Invalid(var errors) -> {
                errors.stream().limit(MOST_SHOWN).forEach(error -> showError(error, text));
                yield Optional.empty();
            }
            case Read.Valid(var document, var warnings) -> {
                var after = format.into(before, document);
                showDocument(after);
                showWarnings(warnings);
                yield after.equals(before) ? Optional.empty() : Optional.of(after);
            }
        };
    }

    private void showError(Finding error, String text) {
        add(new Note(Meaning.STOP, error.words(getLocale()), null));
        switch (error.place()) {
            case Finding.Place.Text(var from, var to) when to > from -> add(marked(text, from, to));
            case Finding.Place.Text it -> {}
            case Finding.Place.Path(var path) -> {
                if (!path.isEmpty()) {
                    var place = new Div(path);
                    place.addClassNames("zg-small", "zg-muted", "zg-read-text");
                    add(place);
                }
            }
        }
    }

    /** The text around the place, the place itself marked. */
    private static Div marked(String text, int from, int to) {
        int start = Math.max(0, from - AROUND);
        int end = Math.min(text.length(), to + AROUND);
        var wrong = new Span(text.substring(from, to));
        wrong.addClassName("wrong");
        var line = new Div(
                new Span((start > 0 ? "…" : "") + text.substring(start, from)),
                wrong,
                new Span(text.substring(to, end) + (end < text.length() ? "…" : "")));
        line.addClassNames("zg-small", "zg-read-text");
        return line;
    }

    private void showDocument(HoursDocument after) {
        var sentence = new Paragraph(new HoursWords(getLocale()).sentence(after));
        sentence.addClassName("zg-hours-sentence");
        var week = new WeekPicture(day -> {});
        week.show(before.weekly(), after.weekly(), setting.today().atStartOfDay(), false);
        add(DayDrawing.hatch(), sentence, week);
    }

    private void showWarnings(List<Finding> warnings) {
        warnings.stream()
                .map(it -> it.words(getLocale()))
                .distinct()
                .limit(MOST_SHOWN)
                .forEach(words -> add(new Note(Meaning.ATTEND, words, null)));
    }
}
