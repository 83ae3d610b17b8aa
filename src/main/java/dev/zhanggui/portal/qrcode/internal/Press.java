package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Makes the pictures of a code and lets none out that does not say what it must when read again. */
final class Press {

    private static final int PROOF_DOTS = 6;
    private static final int LOGO_DOTS = 12;

    private final Plate plate;
    private final Tent tent;
    private final LabelSheets labels;

    /** @param fonts as {@link PlateFont#choose} takes them */
    Press(List<Path> fonts) {
        this.plate = new Plate(fonts);
        this.tent = new Tent(fonts);
        this.labels = new LabelSheets(fonts);
    }

    /** {@link ArtefactOutcome.Stopped} is for the caller to find out. */
    ArtefactOutcome print(Face face, Printing printing) {
        var shape = printing.shape();
        return switch (sign(face, printing)) {
            case Signed.No(var why) -> why;
            case Signed.With(var sign) ->
                make(face, printing, sign)
                        .<ArtefactOutcome>map(content ->
                                new ArtefactOutcome.Ready(new Artefact(shape.format(), name(face, printing), content)))
                        .orElseGet(() -> new ArtefactOutcome.FontMissing(face.words()));
        };
    }

    private sealed interface Signed {

        record With(Sign sign) implements Signed {}

        record No(ArtefactOutcome why) implements Signed {}
    }

    /** The symbol, with its logo where one is wanted and does no harm. */
    private static Signed sign(Face face, Printing printing) {
        boolean png = printing.shape() == Printing.Shape.PNG;
        int label = printing.shape().labelWidth();
        boolean plain = printing.logo() == null || printing.shape() == Printing.Shape.SVG;
        var symbol = face.symbol(plain ? QrSymbol.ErrorLevel.Q : QrSymbol.ErrorLevel.H);
        if (png && !printing.size().canBeRead(symbol)) {
            return new Signed.No(new ArtefactOutcome.TooFine(
                    PrintSize.least(symbol, printing.size().dpi())));
        }
        if (label > 0 && !LabelSheets.fits(symbol, label)) {
            return new Signed.No(new ArtefactOutcome.LabelTooSmall());
        }
        if (plain) {
            return new Signed.With(new Sign(symbol, printing.ink(), null));
        }
        var logo = LogoFile.read(Objects.requireNonNull(printing.logo()));
        if (logo.isEmpty()) {
            return new Signed.No(new ArtefactOutcome.LogoUnreadable());
        }
        int dots = png ? printing.size().dotsPerModule() : LOGO_DOTS;
        return Logo.inside(symbol, dots, printing.ink(), logo.get())
                .<Signed>map(picture -> new Signed.With(new Sign(symbol, printing.ink(), picture)))
                .orElseGet(() -> new Signed.No(new ArtefactOutcome.LogoUnfit()));
    }

    /** The first page of a sample, so wide. */
    ArtefactOutcome preview(Face face, Printing printing, int width) {
        var sample = printing.marked(Printing.Mark.SAMPLE);
        var outcome = print(face, sample);
        if (!(outcome instanceof ArtefactOutcome.Ready(var made))) {
            return outcome;
        }
        var pdf = made.format() == Artefact.Format.PDF
                ? made.content()
                : plate.bare(
                        new Sign(face.symbol(QrSymbol.ErrorLevel.Q), printing.ink(), null),
                        Overprint.of(Printing.Mark.SAMPLE, face));
        var picture = Pictures.write(Plate.picture(pdf, width));
        return new ArtefactOutcome.Ready(
                new Artefact(Artefact.Format.PNG, "sample-" + face.number() + ".png", picture));
    }

    private Optional<byte[]> make(Face face, Printing printing, Sign sign) {
        var overprint = Overprint.of(printing.mark(), face);
        var shape = printing.shape();
        return switch (shape) {
            case PNG -> {
                var png = sign.png(printing.size());
                prove(face, printing, Pictures.readPng(png));
                yield Optional.of(png);
            }
            case SVG -> {
                var svg = Pictures.svg(sign.symbol(), printing.ink());
                prove(face, printing, Pictures.readSvg(svg, PROOF_DOTS));
                yield Optional.of(svg);
            }
            case A6, A5, A4 -> {
                var pdf = plate.pdf(face, sign, Plate.Poster.valueOf(shape.name()), overprint);
                pdf.ifPresent(made -> prove(face, printing, Plate.proof(made)));
                yield pdf;
            }
            case TENT -> {
                var pdf = tent.pdf(face, sign, overprint);
                pdf.map(Plate::proof).ifPresent(picture -> {
                    int half = picture.getHeight() / 2;
                    prove(face, printing, picture.getSubimage(0, 0, picture.getWidth(), half));
                    prove(face, printing, picture.getSubimage(0, half, picture.getWidth(), half));
                });
                yield pdf;
            }
            case LABELS_50, LABELS_60, LABELS_80 -> labels.copies(face, sign, shape.labelWidth(), overprint);
        };
    }

    private static String name(Face face, Printing printing) {
        var shape = printing.shape();
        var plain = shape == Printing.Shape.of(shape.format());
        return "zhanggui-" + face.number()
                + (plain ? "" : "-" + shape.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                + (printing.says() == Printing.Says.EMV ? "-emv" : "")
                + "." + shape.format().extension();
    }

    /** A sample is the other way round: it must not read. */
    private static void prove(Face face, Printing printing, BufferedImage picture) {
        if (printing.mark() == Printing.Mark.SAMPLE && printing.shape().format() == Artefact.Format.PDF) {
            if (Decoder.read(picture).isPresent()) {
                throw new IllegalStateException("a sample of " + face.number() + " can be read");
            }
        } else if (!Decoder.read(picture).equals(Optional.of(face.text()))) {
            throw new IllegalStateException(printing.shape() + " of " + face.number() + " does not read as it must");
        }
    }
}
