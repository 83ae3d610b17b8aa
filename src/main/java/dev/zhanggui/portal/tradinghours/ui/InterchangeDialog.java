package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.tradinghours.interchange.Written;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Toast;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the hours out in a format of others, and in again; says what a format cannot carry. Nothing is saved by it yet. */
class InterchangeDialog extends Dialog {

    enum Way {
        OUT,
        IN
    }

    private static final int LAZY_MILLIS = 300;
    private static final int MOST_BYTES = 512 * 1024;

    private final HoursDocument draft;
    private final Setting setting;
    private final RadioButtonGroup<Way> way = new RadioButtonGroup<>();
    private final Select<HoursFormat> format = new Select<>();
    private final TextArea text = new TextArea();
    private final Upload upload;
    private final Div below = new Div();
    private final ReadPreview preview;
    private final Button apply;

    private @Nullable HoursDocument result;

    /** @param editable whether hours may be put in */
    InterchangeDialog(HoursDocument draft, Setting setting, boolean editable, Consumer<HoursDocument> onApply) {
        this.draft = draft;
        this.setting = setting;
        preview = new ReadPreview(draft, setting);
        addClassName("zg-dialog");
        setWidth("40rem");
        setHeaderTitle(getTranslation("tradinghours.exchange"));
        way.setItems(Way.values());
        way.setItemLabelGenerator(it -> getTranslation("tradinghours.exchange.way." + it));
        way.setAriaLabel(getTranslation("tradinghours.exchange"));
        way.setVisible(editable);
        format.setItems(HoursFormat.values());
        format.setItemLabelGenerator(it -> getTranslation("tradinghours.format." + it));
        format.setLabel(getTranslation("tradinghours.format"));
        format.setWidthFull();
        text.setLabel(getTranslation("tradinghours.exchange.text"));
        text.setWidthFull();
        text.setMinRows(4);
        text.setMaxRows(12);
        text.addClassName("zg-read-text");
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(LAZY_MILLIS);
        upload = new Upload(UploadHandler.inMemory((metadata, bytes) -> {
            // The handler runs in the request's own thread; the page is touched under its lock only.
            var uploaded = new String(bytes, StandardCharsets.UTF_8);
            text.getUI().ifPresent(ui -> ui.access(() -> text.setValue(uploaded)));
        }));
        upload.setMaxFileSize(MOST_BYTES);
        upload.setMaxFiles(1);
        upload.setAcceptedFileTypes(".json", ".jsonld", ".ics", ".txt", "text/plain", "text/calendar");
        ComponentTexts.speak(upload);
        below.addClassName("zg-stack");
        apply = new Button(getTranslation("tradinghours.use"), click -> {
            if (result != null) {
                onApply.accept(result);
                close();
            }
        });
        apply.addThemeVariants(ButtonVariant.PRIMARY);

        way.setValue(Way.OUT);
        format.setValue(HoursFormat.OSM);
        way.addValueChangeListener(change -> start());
        format.addValueChangeListener(change -> start());
        text.addValueChangeListener(change -> read());
        start();

        var body = new Div(way, format, text, upload, below);
        body.addClassName("zg-stack");
        add(body);
        getFooter().add(new Button(getTranslation("tradinghours.close"), click -> close()), apply);
    }

    private void start() {
        boolean in = way.getValue() == Way.IN;
        text.setReadOnly(!in);
        upload.setVisible(in);
        apply.setVisible(in);
        result = null;
        apply.setEnabled(false);
        below.removeAll();
        if (in) {
            below.add(preview);
            text.clear();
            read();
        } else {
            showWritten(format.getValue().write(draft, setting));
        }
    }

    private void read() {
        if (way.getValue() == Way.IN) {
            result = preview.show(format.getValue(), text.getValue()).orElse(null);
            apply.setEnabled(result != null);
        }
    }

    private void showWritten(Written written) {
        text.setValue(written.text());
        var copy = new Button(getTranslation("tradinghours.exchange.copy"), Glyph.COPY.icon(), click -> {
            click.getSource()
                    .getElement()
                    .executeJs("navigator.clipboard && navigator.clipboard.writeText($0)", written.text());
            Toast.done(getTranslation("tradinghours.exchange.copied"));
        });
        var bytes = written.text().getBytes(StandardCharsets.UTF_8);
        var name = "hours-" + format.getValue().code().replace(".", "-") + "." + ending(format.getValue());
        var download = new Anchor(
                DownloadHandler.fromInputStream(event -> new DownloadResponse(
                        new ByteArrayInputStream(bytes), name, "application/octet-stream", bytes.length)),
                getTranslation("tradinghours.exchange.download"));
        download.addComponentAsFirst(Glyph.DOWNLOAD.icon());
        download.addClassName("zg-link");
        var actions = new Div(copy, download);
        actions.addClassName("zg-row");
        below.add(actions);
        if (written.notCarried().isEmpty()) {
            below.add(new Note(Meaning.OPEN, getTranslation("tradinghours.exchange.all"), null));
            return;
        }
        var note = new Note(Meaning.ATTEND, getTranslation("tradinghours.exchange.lost"), null);
        below.add(note);
        lines(written).forEach(below::add);
    }

    private List<Span> lines(Written written) {
        return written.notCarried().stream()
                .map(it -> it.words(getLocale()))
                .distinct()
                .limit(8)
                .map(words -> {
                    var line = new Span(words);
                    line.addClassName("zg-small");
                    return line;
                })
                .toList();
    }

    private static String ending(HoursFormat format) {
        return switch (format) {
            case ZHANGGUI, GOOGLE -> "json";
            case SCHEMA_ORG -> "jsonld";
            case OSM, WORDS -> "txt";
            case ICAL -> "ics";
        };
    }
}
