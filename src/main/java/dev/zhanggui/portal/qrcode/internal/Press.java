package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Makes the pictures of a code and lets none out that does not say what it must when read again. */
final class Press {

    private static final int PROOF_DOTS = 6;

    private final Plate plate;

    Press(Plate plate) {
        this.plate = plate;
    }

    /** Empty when a plate's words cannot be shown with the fonts of this machine. */
    Optional<Artefact> print(QrCode code, String storeName, Artefact.Format format) {
        var name = "zhanggui-" + code.numberText() + "." + format.extension();
        return switch (format) {
            case PNG -> {
                var png = Pictures.png(QrSymbol.of(code.url()), Pictures.DOTS_PER_MODULE);
                prove(code, Pictures.readPng(png), format);
                yield Optional.of(new Artefact(format, name, png));
            }
            case SVG -> {
                var svg = Pictures.svg(QrSymbol.of(code.url()));
                prove(code, Pictures.readSvg(svg, PROOF_DOTS), format);
                yield Optional.of(new Artefact(format, name, svg));
            }
            case PDF -> {
                var pdf = plate.pdf(code, storeName);
                pdf.ifPresent(made -> prove(code, Plate.proof(made), format));
                yield pdf.map(made -> new Artefact(format, name, made));
            }
        };
    }

    private static void prove(QrCode code, BufferedImage picture, Artefact.Format format) {
        var read = Decoder.read(picture);
        if (!read.equals(Optional.of(code.url()))) {
            throw new IllegalStateException(format + " of " + code.id() + " does not read as its URL");
        }
    }
}
