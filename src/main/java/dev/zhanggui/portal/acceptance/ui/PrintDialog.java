package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.Printing.Mark;
import dev.zhanggui.portal.qrcode.Printing.Says;
import dev.zhanggui.portal.qrcode.Printing.Shape;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Toast;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a plate is printed as: shown as a sample that nobody can pay by, then handed out by a link that ends. */
final class PrintDialog extends Dialog {

    private static final int PREVIEW_DOTS = 640;
    private static final int DOTS_MOST = 40;

    /** Makes samples and links. */
    interface Printer {

        ArtefactOutcome preview(Printing printing, int width);

        DownloadLink link(Printing printing);
    }

    /** Dark enough for every scanner on white paper: {@link Ink} refuses what is not. */
    enum Tint {
        BLACK(Ink.BLACK_ON_WHITE),
        GREEN(new Ink(0x0b5d3b, 0xffffff)),
        BLUE(new Ink(0x1f3a6d, 0xffffff)),
        BROWN(new Ink(0x5a3217, 0xffffff));

        private final Ink ink;

        Tint(Ink ink) {
            this.ink = ink;
        }

        Ink ink() {
            return ink;
        }
    }

    private final transient Printer printer;
    private final Select<Shape> shape = new Select<>();
    private final RadioButtonGroup<Says> says = new RadioButtonGroup<>();
    private final RadioButtonGroup<Tint> tint = new RadioButtonGroup<>();
    private final Checkbox mark = new Checkbox();
    private final IntegerField dots = new IntegerField();
    private final Select<Integer> dpi = new Select<>();
    private final Upload upload = new Upload();
    private final Button noLogo;
    private final Div size = new Div(dots, dpi);
    private final Div logoRow = new Div();
    private final Div stage = new Div();
    private final Div problem = new Div();
    private final Button download;
    private transient byte @Nullable [] logo;

    PrintDialog(QrCode code, Printer printer) {
        this.printer = printer;
        noLogo = new Button(getTranslation("codes.print.logo.remove"), click -> {
            logo = null;
            draw();
        });
        download = new Button(getTranslation("codes.print.do"), Glyph.DOWNLOAD.icon(), click -> download());
        setHeaderTitle(getTranslation("codes.print.title", code.place(), code.numberText()));
        addClassName("zg-print");
        shape.setLabel(getTranslation("codes.print.shape"));
        shape.setItems(Stream.of(
                        Shape.A6,
                        Shape.A5,
                        Shape.A4,
                        Shape.TENT,
                        Shape.LABELS_50,
                        Shape.LABELS_60,
                        Shape.LABELS_80,
                        Shape.PNG,
                        Shape.SVG)
                .toList());
        shape.setItemLabelGenerator(it -> getTranslation("codes.shape." + it));
        shape.setValue(Shape.A6);
        shape.setWidthFull();
        says.setLabel(getTranslation("codes.print.says"));
        says.setItems(Says.values());
        says.setItemLabelGenerator(it -> getTranslation("codes.print.says." + it));
        says.setValue(Says.URL);
        tint.setLabel(getTranslation("codes.print.tint"));
        tint.setItems(Tint.values());
        tint.setItemLabelGenerator(it -> getTranslation("codes.print.tint." + it));
        tint.setValue(Tint.BLACK);
        mark.setLabel(getTranslation("codes.print.mark"));
        dots.setLabel(getTranslation("codes.print.dots"));
        dots.setMin(1);
        dots.setMax(DOTS_MOST);
        dots.setStepButtonsVisible(true);
        dots.setValue(Printing.USUAL_SIZE.dotsPerModule());
        dots.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(getTranslation("codes.print.dots.unfit", DOTS_MOST))
                .setMinErrorMessage(getTranslation("codes.print.dots.unfit", DOTS_MOST))
                .setMaxErrorMessage(getTranslation("codes.print.dots.unfit", DOTS_MOST)));
        dpi.setLabel(getTranslation("codes.print.dpi"));
        dpi.setItems(203, 300, 600);
        dpi.setItemLabelGenerator(it -> it + " dpi");
        dpi.setValue(Printing.USUAL_SIZE.dpi());
        size.addClassName("size");
        layLogo();
        List.<HasValue<?, ?>>of(shape, says, tint, mark, dots, dpi)
                .forEach(field -> field.addValueChangeListener(change -> draw()));

        var options = new Div(size, says, tint, mark, logoRow);
        options.addClassName("zg-stack");
        var more = new Details(getTranslation("codes.print.more"), options);
        var once = new Div(getTranslation("codes.print.once"));
        once.addClassNames("zg-small", "zg-muted");
        var choices = new Div(shape, problem, more, once);
        choices.addClassNames("choices", "zg-stack");
        stage.addClassName("sample");
        var content = new Div(stage, choices);
        content.addClassName("both");
        add(content);
        download.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("codes.print.close"), click -> close()), download);
        draw();
    }

    private void layLogo() {
        upload.setAcceptedMimeTypes("image/png", "image/jpeg");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(QrCodes.LOGO_MOST);
        upload.setDropAllowed(false);
        upload.addClassName("zg-apply-upload");
        upload.setUploadButton(new Button(getTranslation("codes.print.logo"), Glyph.PLUS.icon()));
        ComponentTexts.speak(upload);
        upload.setUploadHandler(
                UploadHandler.inMemory((metadata, bytes) -> getUI().ifPresent(ui -> ui.access(() -> take(bytes)))));
        upload.addFileRejectedListener(rejected -> refuseLogo());
        upload.addFailedListener(failed -> refuseLogo());
        var why = new Div(getTranslation("codes.print.logo.why"));
        why.addClassNames("zg-small", "zg-muted");
        logoRow.add(upload, noLogo, why);
    }

    /** The picture for the middle; what cannot be used is refused at once and not kept. */
    void take(byte[] bytes) {
        upload.clearFileList();
        logo = bytes;
        draw();
    }

    private void refuseLogo() {
        upload.clearFileList();
        refuse(PrintRefusal.of(new ArtefactOutcome.LogoUnreadable()));
    }

    private void draw() {
        boolean png = shape.getValue() == Shape.PNG;
        shape.setHelperText(getTranslation("codes.print.hint." + shape.getValue()));
        size.setVisible(png);
        mark.setVisible(shape.getValue().format() == Artefact.Format.PDF);
        logoRow.setVisible(shape.getValue() != Shape.SVG);
        problem.removeAll();
        if (png && unfit(dots.getValue())) {
            download.setEnabled(false);
            return;
        }
        var outcome = printer.preview(printing(), PREVIEW_DOTS);
        if (outcome instanceof ArtefactOutcome.LogoUnreadable || outcome instanceof ArtefactOutcome.LogoUnfit) {
            refuse(PrintRefusal.of(outcome));
            logo = null;
            outcome = printer.preview(printing(), PREVIEW_DOTS);
        }
        noLogo.setVisible(logo != null);
        upload.setVisible(logo == null);
        download.setEnabled(outcome instanceof ArtefactOutcome.Ready);
        stage.removeAll();
        switch (outcome) {
            case ArtefactOutcome.Ready(var sample) -> stage.add(picture(sample), why());
            case ArtefactOutcome.Stopped it -> refuse(PrintRefusal.of(it));
            case ArtefactOutcome.FontMissing it -> refuse(PrintRefusal.of(it));
            case ArtefactOutcome.Unfit it -> refuse(PrintRefusal.of(it));
        }
    }

    private static boolean unfit(@Nullable Integer dots) {
        return dots == null || dots < 1 || dots > DOTS_MOST;
    }

    private Image picture(Artefact sample) {
        var source = DownloadHandler.fromInputStream(event -> new DownloadResponse(
                new ByteArrayInputStream(sample.content()),
                sample.fileName(),
                sample.format().contentType(),
                sample.content().length));
        return new Image(
                source, getTranslation("codes.print.sample", getTranslation("codes.shape." + shape.getValue())));
    }

    private Component why() {
        var why = new Div(getTranslation("codes.print.sample.why"));
        why.addClassNames("zg-small", "zg-muted");
        return why;
    }

    private void refuse(PrintRefusal refusal) {
        problem.removeAll();
        problem.add(new Note(Meaning.ATTEND, refusal.title(this), refusal.todo(this)));
    }

    private Printing printing() {
        var as = shape.getValue();
        return new Printing(
                as,
                says.getValue(),
                tint.getValue().ink(),
                as == Shape.PNG
                        ? new PrintSize(Objects.requireNonNull(dots.getValue()), dpi.getValue())
                        : Printing.USUAL_SIZE,
                as.format() == Artefact.Format.PDF && mark.getValue() ? Mark.ONLY_HERE : Mark.NONE,
                as == Shape.SVG ? null : logo);
    }

    /** The link outlives the dialog: who comes back to it is told that it has ended. */
    private void download() {
        var ui = UI.getCurrent();
        var link = VaadinSession.getCurrent()
                .getResourceRegistry()
                .registerResource(printer.link(printing()), ui.getElement());
        ui.getPage()
                .executeJs(
                        "window.location.assign(new URL($0, document.baseURI))",
                        link.getResourceUri().toString());
        Toast.done(getTranslation("codes.print.started"));
    }
}
