package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Pictures that nobody should send, one for each reason to refuse one; {@link PhotoReaderTest} has many more. */
public final class HostilePhotos {

    private static final String URL = "https://zg.example.cn/q/1123456789abcdefghjkmn";

    private HostilePhotos() {}

    public static Map<Reason, byte[]> all() {
        var all = new EnumMap<Reason, byte[]>(Reason.class);
        all.put(Reason.TOO_LARGE, Arrays.copyOf(photo(), CodePhotos.MOST_BYTES + 1));
        all.put(Reason.TOO_MANY_PIXELS, bomb());
        all.put(Reason.HEIC, ascii("\0\0\0\30ftypheic\0\0\0\0"));
        all.put(Reason.ANIMATED, ascii("RIFF\14\0\0\0WEBPANIM\0\0\0\0"));
        all.put(Reason.UNSUPPORTED, ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
        all.put(Reason.BROKEN, Arrays.copyOf(photo(), 2_000));
        all.put(Reason.TOO_MANY_CODES, wallpaper());
        return all;
    }

    private static byte[] photo() {
        return PhotoStudio.jpeg(500, 400, 1, Shot.CLEAN, List.of(URL));
    }

    /** Two and a half thousand million pixels by its header. */
    private static byte[] bomb() {
        var png = Pictures.png(QrSymbol.of(URL), 2);
        ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    private static byte[] wallpaper() {
        var wall = new BufferedImage(1500, 1500, BufferedImage.TYPE_BYTE_GRAY);
        var pen = wall.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 1500, 1500);
        for (int y = 10; y < 1450; y += 50) {
            for (int x = 10; x < 1450; x += 50) {
                pen.setColor(Color.BLACK);
                pen.fillRect(x, y, 35, 35);
                pen.setColor(Color.WHITE);
                pen.fillRect(x + 5, y + 5, 25, 25);
                pen.setColor(Color.BLACK);
                pen.fillRect(x + 10, y + 10, 15, 15);
            }
        }
        pen.dispose();
        return Pictures.write(wall);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A good photo with a program and a second picture behind it: only the picture counts. */
    public static byte[] polyglot(String text) {
        var photo = PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of(text));
        var both = new ByteArrayOutputStream();
        both.writeBytes(photo);
        both.writeBytes(ascii("PK\3\4<?php system($_GET['c']); ?><script>alert(1)</script>"));
        both.writeBytes(Pictures.png(QrSymbol.of("https://evil.example"), 4));
        return both.toByteArray();
    }
}
