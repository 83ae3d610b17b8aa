package dev.zhanggui.portal.qrcode.internal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes black and white pictures as lossless WebP (RFC 9649) in its plainest form: the JDK has no writer. */
final class TinyWebp {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int pending;
    private int count;

    private TinyWebp() {}

    static byte[] lossless(BufferedImage picture) {
        var out = new TinyWebp();
        out.bits(0x2f, 8);
        out.bits(picture.getWidth() - 1, 14);
        out.bits(picture.getHeight() - 1, 14);
        out.bits(0, 1); // no alpha
        out.bits(0, 3); // version
        out.bits(0, 1); // no transform
        out.bits(0, 1); // no colour cache
        out.bits(0, 1); // one group of codes
        for (int channel = 0; channel < 3; channel++) {
            out.bits(1, 1); // simple code
            out.bits(1, 1); // of two symbols
            out.bits(0, 1); // the first in one bit
            out.bits(0, 1);
            out.bits(255, 8);
        }
        out.oneSymbol(255); // alpha
        out.oneSymbol(0); // distance
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                out.bits((picture.getRGB(x, y) & 0xff) > 127 ? 0b111 : 0, 3);
            }
        }
        out.bits(0, 7);
        var data = out.bytes.toByteArray();
        int padded = data.length + data.length % 2;
        var file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(12 + padded);
        file.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(data.length);
        file.put(data);
        return file.array();
    }

    private void oneSymbol(int symbol) {
        bits(1, 1);
        bits(0, 1);
        bits(1, 1);
        bits(symbol, 8);
    }

    /** The lowest first. */
    private void bits(int value, int length) {
        pending |= value << count;
        count += length;
        while (count >= 8) {
            bytes.write(pending & 0xff);
            pending >>>= 8;
            count -= 8;
        }
    }
}
