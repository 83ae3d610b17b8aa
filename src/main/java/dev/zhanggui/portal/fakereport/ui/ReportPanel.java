package dev.zhanggui.portal.fakereport.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.fakereport.CloseOutcome;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.ReportDetail;
import dev.zhanggui.portal.fakereport.ReportState;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.MaskedValue;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import java.io.ByteArrayInputStream;
import java.util.Objects;
import java.util.function.Function;

/** One report: what was sent at the left, what is to be done at the right. */
final class ReportPanel extends Div {

    private final transient ReportDetail detail;
    private final transient FakeReports reports;
    private final transient CurrentActor actor;
    private final transient HumanTime times;
    private final transient ReportWords words;
    private final transient Runnable moved;

    /** @param moved called when the report is not what is shown here any more */
    ReportPanel(
            ReportDetail detail,
            FakeReports reports,
            CurrentActor actor,
            HumanTime times,
            RouterLink back,
            Runnable moved) {
        this.detail = detail;
        this.reports = reports;
        this.actor = actor;
        this.times = times;
        this.words = new ReportWords(this);
        this.moved = moved;
        addClassName("zg-stack");
        var report = detail.report();
        var sent = new Div(code(), sent());
        sent.addClassNames("zg-stack", "loose");
        var todo = new Div(todo());
        if (detail.plate() != null) {
            todo.add(plate());
        }
        todo.addClassNames("zg-stack", "loose");
        var columns = new Div(sent, todo);
        columns.addClassName("zg-columns");
        add(
                new PageHeader(words.happened(report))
                        .subtitle(getTranslation("fakeReport.line", report.number(), times.moment(report.createdAt())))
                        .back(back, getTranslation("fakeReport.title"))
                        .aside(words.state(report)),
                columns);
    }

    private Section code() {
        var report = detail.report();
        var section = new Section(getTranslation("fakeReport.code"));
        if (report.hasPhoto()) {
            var source = DownloadHandler.fromInputStream(event -> {
                var jpeg = reports.photo(actor.get(), report.id()).orElse(new byte[0]);
                return new DownloadResponse(
                        new ByteArrayInputStream(jpeg), report.number() + ".jpg", "image/jpeg", jpeg.length);
            });
            var frame = new Div(new Image(source, getTranslation("fakeReport.photo")));
            frame.addClassName("zg-report-photo");
            section.add(frame);
        }
        var facts = new Facts().fact(getTranslation("fakeReport.judged"), words.judged(report.judged()));
        var now = detail.now();
        if (now != null && ReportWords.judged(now) != report.judged()) {
            facts.fact(getTranslation("fakeReport.now"), words.judged(ReportWords.judged(now)));
        }
        if (!report.code().isEmpty()) {
            // Plain text for ever: a link here would be the swindler's.
            var text = new Div(report.code());
            text.addClassNames("zg-mono", "zg-report-code");
            facts.fact(getTranslation("fakeReport.says"), text);
        }
        if (!report.pointsTo().isEmpty()) {
            facts.fact(getTranslation("fakeReport.to"), report.pointsTo());
        }
        section.add(facts);
        return section;
    }

    private Section sent() {
        var report = detail.report();
        var facts = new Facts();
        if (!report.place().isEmpty()) {
            facts.fact(getTranslation("fakeReport.place"), report.place());
        }
        if (!detail.words().isEmpty()) {
            facts.fact(getTranslation("fakeReport.words"), detail.words());
        }
        var masked = detail.phoneMasked();
        if (masked != null) {
            facts.fact(
                    getTranslation("fakeReport.phone"),
                    new MaskedValue(masked, reason -> reports.phone(actor.get(), report.id(), reason)));
        }
        facts.fact(
                getTranslation("fakeReport.from"),
                getTranslation(report.fromMerchant() ? "fakeReport.from.merchant" : "fakeReport.from.public"));
        return new Section(getTranslation("fakeReport.sent"), facts);
    }

    private Section plate() {
        var plate = Objects.requireNonNull(detail.plate());
        var store = detail.store();
        var facts = new Facts();
        if (store != null) {
            facts.fact(getTranslation("fakeReport.store"), store.name());
        }
        facts.fact(getTranslation("fakeReport.plate"), ReportWords.plate(plate));
        facts.fact(
                getTranslation("fakeReport.plate.state"),
                getTranslation(plate.isActive() ? "fakeReport.plate.active" : "fakeReport.plate.stopped"));
        facts.fact(
                getTranslation("fakeReport.plate.scan"),
                detail.lastScan() == null ? getTranslation("codes.scanned.never") : times.moment(detail.lastScan()));
        var section = new Section(getTranslation("fakeReport.about.plate"), facts);
        var report = detail.report();
        if (report.askedAt() != null) {
            var asked = new Div(getTranslation("fakeReport.asked", times.moment(report.askedAt())));
            asked.addClassNames("zg-small", "zg-muted");
            section.add(asked);
        }
        if (plate.isActive() && isMine(report)) {
            var ask = new Button(
                    getTranslation("fakeReport.ask", plate.place()),
                    click -> move(it -> reports.askToStop(it, report.id(), report.version()), "fakeReport.ask.done"));
            section.add(ask);
        }
        return section;
    }

    private Component todo() {
        var report = detail.report();
        var closed = report.closed();
        var taken = report.taken();
        if (closed != null) {
            var facts = new Facts()
                    .fact(getTranslation("fakeReport.finding"), words.state(report))
                    .fact(getTranslation("fakeReport.note"), closed.note())
                    .fact(getTranslation("fakeReport.closedAt"), times.moment(closed.at()));
            if (taken != null) {
                facts.fact(getTranslation("fakeReport.by"), taken.by());
            }
            var kept = new Div(getTranslation("fakeReport.kept", FakeReports.KEPT_CLOSED.toDays()));
            kept.addClassNames("zg-small", "zg-muted");
            return new Section(getTranslation("fakeReport.closed"), facts, kept);
        }
        if (taken == null) {
            var take = new Button(
                    getTranslation("fakeReport.take"),
                    click -> move(it -> reports.take(it, report.id(), report.version()), "fakeReport.take.done"));
            take.addThemeVariants(ButtonVariant.PRIMARY);
            return new Section(
                    getTranslation("fakeReport.todo"), new Paragraph(getTranslation("fakeReport.take.why")), take);
        }
        if (!isMine(report)) {
            return new Note(
                    Meaning.CLOSED,
                    getTranslation("fakeReport.others", taken.by()),
                    getTranslation("fakeReport.others.since", times.moment(taken.at())));
        }
        return closing(report);
    }

    private Component closing(FakeReport report) {
        var finding = new RadioButtonGroup<Finding>();
        finding.setLabel(getTranslation("fakeReport.finding"));
        finding.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
        finding.setItems(Finding.values());
        finding.setItemLabelGenerator(it -> getTranslation("fakeReport.finding." + it));
        finding.setRequiredIndicatorVisible(true);
        finding.addValueChangeListener(change -> finding.setInvalid(false));
        var note = new TextArea(getTranslation("fakeReport.note"));
        note.setHelperText(getTranslation("fakeReport.note.help"));
        note.setMaxLength(FakeReports.NOTE_MOST);
        note.setWidthFull();
        note.setRequiredIndicatorVisible(true);
        note.addValueChangeListener(change -> note.setInvalid(false));
        var close = new Button(getTranslation("fakeReport.close"), click -> {
            if (finding.isEmpty()) {
                finding.setErrorMessage(getTranslation("fakeReport.finding.missing"));
                finding.setInvalid(true);
                return;
            }
            if (note.getValue().isBlank()) {
                note.setErrorMessage(getTranslation("fakeReport.note.missing"));
                note.setInvalid(true);
                note.focus();
                return;
            }
            move(
                    it -> reports.close(it, report.id(), report.version(), finding.getValue(), note.getValue()),
                    "fakeReport.close.done");
        });
        close.addThemeVariants(ButtonVariant.PRIMARY);
        var back = new Button(
                getTranslation("fakeReport.giveBack"),
                click -> move(it -> reports.giveBack(it, report.id(), report.version()), "fakeReport.giveBack.done"));
        var buttons = new Div(close, back);
        buttons.addClassName("zg-actions");
        var form = new Div(finding, note, buttons);
        form.addClassName("zg-stack");
        return new Section(getTranslation("fakeReport.todo"), form);
    }

    private boolean isMine(FakeReport report) {
        var taken = report.taken();
        return report.state() == ReportState.TAKEN
                && taken != null
                && taken.byId() == actor.get().id();
    }

    private void move(Function<Actor, CloseOutcome> deed, String done) {
        try {
            switch (deed.apply(actor.get())) {
                case CloseOutcome.Moved it -> Toast.done(getTranslation(done));
                case CloseOutcome.NotYours it ->
                    Toast.failed(getTranslation("fakeReport.notYours"), getTranslation("fakeReport.notYours.todo"));
                case CloseOutcome.NoteMissing() ->
                    Toast.failed(getTranslation("fakeReport.note.missing"), getTranslation("fakeReport.note.help"));
            }
        } catch (LostUpdateException e) {
            Toast.failed(getTranslation("fakeReport.lost"), getTranslation("fakeReport.notYours.todo"));
        }
        moved.run();
    }
}
