package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A symbol as a picture file, with its quiet zone: whole dots per module, black on white, nothing smoothed. */
final class Pictures {

    /** 12 dots at 300 dpi are one millimetre: read from 25 cm and more (ISO/IEC 18004; 0.5 mm is the least by hand). */
    static final int DOTS_PER_MODULE = 12;

    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"-(\\d+) -\\d+ (\\d+) \\d+\"");

    private Pictures() {}

    static byte[] png(QrSymbol symbol, int dotsPerModule) {
        return png(symbol, new PrintSize(dotsPerModule, Printing.USUAL_SIZE.dpi()), Ink.BLACK_ON_WHITE);
    }

    /** Black and white stays without shades: label printers then ask no questions. */
    static byte[] png(QrSymbol symbol, PrintSize size, Ink ink) {
        int type = ink.equals(Ink.BLACK_ON_WHITE) ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB;
        return write(draw(symbol, size.dotsPerModule(), ink, type), size.dpi());
    }

    static BufferedImage draw(QrSymbol symbol, int dotsPerModule, Ink ink) {
        return draw(symbol, dotsPerModule, ink, BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage draw(QrSymbol symbol, int dotsPerModule, Ink ink, int type) {
        int side = (symbol.size() + 2 * QrSymbol.QUIET_ZONE) * dotsPerModule;
        var image = new BufferedImage(side, side, type);
        var pen = image.createGraphics();
        pen.setColor(new Color(ink.light()));
        pen.fillRect(0, 0, side, side);
        pen.setColor(new Color(ink.dark()));
        for (int y = 0; y < symbol.size(); y++) {
            for (int x = 0; x < symbol.size(); x++) {
                if (symbol.isDark(x, y)) {
                    int left = (x + QrSymbol.QUIET_ZONE) * dotsPerModule;
                    int top = (y + QrSymbol.QUIET_ZONE) * dotsPerModule;
                    pen.fillRect(left, top, dotsPerModule, dotsPerModule);
                }
            }
        }
        pen.dispose();
        return image;
    }

    static byte[] write(BufferedImage image) {
        return write(image, Printing.USUAL_SIZE.dpi());
    }

    /** @param dpi written into the file, so that it comes out of a printer in the size that was asked for */
    static byte[] write(BufferedImage image, int dpi) {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var to = new MemoryCacheImageOutputStream(out)) {
            var metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
            var density = new IIOMetadataNode("pHYs");
            var dotsPerMetre = Long.toString(Math.round(dpi / 0.0254));
            density.setAttribute("pixelsPerUnitXAxis", dotsPerMetre);
            density.setAttribute("pixelsPerUnitYAxis", dotsPerMetre);
            density.setAttribute("unitSpecifier", "meter");
            var root = new IIOMetadataNode("javax_imageio_png_1.0");
            root.appendChild(density);
            metadata.mergeTree("javax_imageio_png_1.0", root);
            writer.setOutput(to);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static byte[] svg(QrSymbol symbol) {
        return svg(symbol, Ink.BLACK_ON_WHITE);
    }

    static byte[] svg(QrSymbol symbol, Ink ink) {
        int quiet = QrSymbol.QUIET_ZONE;
        int side = symbol.size() + 2 * quiet;
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$dmm" height="%1$dmm" viewBox="-%2$d -%2$d %1$d %1$d">
                <path fill="#%4$06x" d="M-%2$d -%2$dh%1$dv%1$dh-%1$dz"/>
                <path fill="#%5$06x" shape-rendering="crispEdges" d="%3$s"/>
                </svg>
                """.formatted(side, quiet, symbol.svgPath(), ink.light(), ink.dark())
                .getBytes(StandardCharsets.UTF_8);
    }

    static BufferedImage readPng(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws what {@link #svg} wrote, from its bytes alone, so that the file itself is checked. */
    static BufferedImage readSvg(byte[] svg, int dotsPerModule) {
        var text = new String(svg, StandardCharsets.UTF_8);
        var box = VIEW_BOX.matcher(text);
        if (!box.find()) {
            throw new IllegalArgumentException("no viewBox");
        }
        int quiet = Integer.parseInt(box.group(1));
        int side = Integer.parseInt(box.group(2)) * dotsPerModule;
        var image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        var pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, side, side);
        pen.setColor(Color.BLACK);
        var runs = RUN.matcher(text);
        while (runs.find()) {
            int left = (Integer.parseInt(runs.group(1)) + quiet) * dotsPerModule;
            int top = (Integer.parseInt(runs.group(2)) + quiet) * dotsPerModule;
            pen.fillRect(left, top, Integer.parseInt(runs.group(3)) * dotsPerModule, dotsPerModule);
        }
        pen.dispose();
        return image;
    }
}
