package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Toast;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.DayChange;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeReading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A year's notice from a file or from the clipboard: look at it, see what it would change, propose it. */
class ImportPanel extends Div {

    private static final int LARGEST_FILE = 2 * 1024 * 1024;

    private final transient CalendarNotices notices;
    private final transient Supplier<Actor> actor;
    private final transient CalendarWords words;
    private final transient Consumer<List<DayChange>> preview;
    private final transient Runnable proposed;
    private final int year;
    private final LocalDate today;
    private final boolean replaces;

    private final Upload upload = new Upload();
    private final TextArea text = new TextArea();
    private final TextField source = new TextField();
    private final TextField reason = new TextField();
    private final Button check = new Button();
    private final Button propose = new Button();
    private final Div report = new Div();

    /**
     * @param replaces an approved notice holds already: a reason is needed
     * @param preview told what would change, to show it in the year's picture
     */
    ImportPanel(
            CalendarNotices notices,
            Supplier<Actor> actor,
            CalendarWords words,
            int year,
            LocalDate today,
            boolean replaces,
            Consumer<List<DayChange>> preview,
            Runnable proposed) {
        this.notices = notices;
        this.actor = actor;
        this.words = words;
        this.year = year;
        this.today = today;
        this.replaces = replaces;
        this.preview = preview;
        this.proposed = proposed;
        addClassName("zg-stack");
        bind();
        listen();
        var actions = new Div(check, propose);
        actions.addClassName("zg-actions");
        add(upload, text, source, reason, actions, report);
    }

    /** Whether something was typed or read that a refresh would lose. */
    boolean touched() {
        return !(text.isEmpty() && source.isEmpty() && reason.isEmpty());
    }

    private void bind() {
        ComponentTexts.speak(upload);
        upload.setAcceptedFileTypes(".json", ".ics");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST_FILE);
        upload.addClassName("zg-calendar-upload");
        upload.setUploadButton(new Button(words.say("workcalendar.import.file"), Glyph.UPLOAD.icon()));
        upload.setDropLabel(new Span(words.say("workcalendar.import.drop")));
        text.setLabel(words.say("workcalendar.import.text"));
        text.setHelperText(words.say("workcalendar.import.text.help", String.valueOf(year)));
        text.setMaxLength(NoticeReading.LONGEST_TEXT);
        text.setMinRows(5);
        text.setMaxRows(14);
        text.setWidthFull();
        text.addClassName("zg-calendar-text");
        text.setValueChangeMode(ValueChangeMode.LAZY);
        source.setLabel(words.say("workcalendar.import.source"));
        source.setHelperText(words.say("workcalendar.import.source.help"));
        source.setMaxLength(CalendarNotices.LONGEST_TEXT);
        source.setWidthFull();
        reason.setLabel(words.say("workcalendar.import.reason"));
        reason.setHelperText(words.say("workcalendar.import.reason.help"));
        reason.setMaxLength(CalendarNotices.LONGEST_TEXT);
        reason.setWidthFull();
        reason.setVisible(replaces);
        check.setText(words.say("workcalendar.import.check"));
        propose.setText(words.say("workcalendar.import.propose"));
        propose.addThemeVariants(ButtonVariant.PRIMARY);
        propose.setVisible(false);
        report.getElement().setAttribute("aria-live", "polite");
    }

    private void listen() {
        upload.setUploadHandler(UploadHandler.inMemory(
                (metadata, bytes) -> upload.getUI().ifPresent(ui -> ui.access(() -> take(bytes)))));
        upload.addFileRejectedListener(rejected -> refuse("workcalendar.import.rejected"));
        upload.addFailedListener(failed -> refuse("workcalendar.import.cut"));
        text.addValueChangeListener(change -> forget());
        check.addClickListener(click -> check());
        propose.addClickListener(click -> propose());
    }

    private void take(byte[] bytes) {
        upload.clearFileList();
        try {
            text.setValue(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
            check();
        } catch (CharacterCodingException e) {
            refuse("workcalendar.import.notText");
        }
    }

    private void refuse(String key) {
        upload.clearFileList();
        forget();
        report.add(new Note(Meaning.STOP, words.say(key), words.say(key + ".todo")));
    }

    private void forget() {
        report.removeAll();
        propose.setVisible(false);
        source.setInvalid(false);
        reason.setInvalid(false);
        preview.accept(List.of());
    }

    private void check() {
        forget();
        var reading = notices.read(actor.get(), year, text.getValue());
        show(reading.faults());
        if (reading instanceof NoticeReading.Readable(var notice, var faults)) {
            var effect = notices.effect(actor.get(), year, notice);
            report.add(new Differences(words, effect.changes(), effect.stores(), today));
            preview.accept(effect.changes());
            if (source.isEmpty() && !notice.papers().isEmpty()) {
                source.setValue(notice.papers().getFirst());
            }
            propose.setVisible(true);
        }
    }

    private void propose() {
        source.setInvalid(false);
        reason.setInvalid(false);
        switch (notices.propose(
                actor.get(), new NewNotice(year, text.getValue(), source.getValue(), reason.getValue()))) {
            case Proposal.Proposed(var notice, var warnings) -> {
                Toast.done(words.say("workcalendar.proposed"));
                proposed.run();
            }
            case Proposal.Unreadable(var faults) -> {
                forget();
                show(faults);
            }
            case Proposal.AlreadyWaiting(var waiting) -> proposed.run();
            case Proposal.NothingNew() -> {
                forget();
                report.add(new Note(
                        Meaning.CLOSED,
                        words.say("workcalendar.nothingNew"),
                        words.say("workcalendar.nothingNew.todo")));
            }
            case Proposal.Invalid(var field) -> {
                var wrong = field.equals("source") ? source : reason;
                wrong.setErrorMessage(words.say("workcalendar.import." + field + ".needed"));
                wrong.setInvalid(true);
                wrong.focus();
            }
        }
    }

    private void show(List<NoticeFault> faults) {
        if (!faults.isEmpty()) {
            report.add(new Faults(words, faults));
        }
    }
}
