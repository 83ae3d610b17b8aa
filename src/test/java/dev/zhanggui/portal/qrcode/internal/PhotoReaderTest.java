package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.PhotoReading;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoReaderTest {

    private static final String URL = "https://zg.example.cn/q/1123456789abcdefghjkmn";
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 900;

    /** A symbol that says "webp", as libwebp writes it with loss. */
    private static final String LOSSY_WEBP =
            "UklGRmIBAABXRUJQVlA4IFYBAAAwGQCdASp0AHQAP5GyzV2/rikksmgD8DIJaQAV4B/APwv/gH7//lfsC+Afir/APnPoBegGn+FW"
                    + "iMojJ9aPl18hKsNiXxJnUO3RIiQt5BAPQ9lz4eNGkgDXW6gZ3R3Jzi/ORxczSsNykRc+FL9AUBCOroJ8MNf6ovukhUOEALEtMolh"
                    + "jOjrcbgBCdGGW2lUnu5VCDt6G9M2w3Z+EDpPeAHOXzMpiYhpKGo+JYJ2gDW0fPJhA/9j4+8f5aOawLUNT7mryi+kf7nJmQZWb8Ls"
                    + "g4i+cUAA/uxACFHPRA+sZBUF9Y8lnQcNPNhsSIgQAolU2Wl44k8eMQAKETBW8rJn7r1Ado//VCYxdjVItoeA9/S0Zjkw1CwLxzFA"
                    + "UNf/H7M+Qa58azSBQDkfih+LrgG5O5cySDsVS2ZxR5A/7T6SYau0o+RkUg1v2M7tuooAAB/9D79EAAAAAAA=";

    private final CodePhotos photos = new PhotoReader();

    static Stream<Arguments> shots() {
        return Stream.of(
                Arguments.of("straight ahead", Shot.CLEAN),
                Arguments.of("a little askew", Shot.CLEAN.turned(20)),
                Arguments.of("upside down and every way", Shot.CLEAN.turned(180)),
                Arguments.of("from the side", Shot.CLEAN.tilted(0.3).turned(15)),
                Arguments.of("under a lamp", Shot.CLEAN.glaring(0.6)),
                Arguments.of("at night", Shot.CLEAN.noisy(25).pale(0.6)),
                Arguments.of("out of focus", Shot.CLEAN.blurred(7)),
                Arguments.of("faded", Shot.CLEAN.pale(0.25)),
                Arguments.of("sent by chat", Shot.CLEAN.squeezed(0.15f)),
                Arguments.of("all of it", new Shot(0.35, 180, 0.4, 12, 3, 0.6, 0.5f)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shots")
    void aStickerIsReadHoweverItIsTaken(String name, Shot shot) {
        for (int seed = 1; seed <= 4; seed++) {
            var photo = PhotoStudio.jpeg(WIDTH, HEIGHT, seed, shot, List.of(URL));
            assertThat(texts(photo)).as("%s, seed %s", name, seed).containsExactly(URL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6})
    void everyCodeInAPictureIsReadOnceAndInItsPlace(int count) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(URL + i);
        }
        var shot = new Shot(0.2, 20, 0, 5, 1, 0.9, 0.8f);
        var reading = photos.read(PhotoStudio.jpeg(1600, 1200, count, shot, texts));

        assertThat(reading).isInstanceOfSatisfying(PhotoReading.Read.class, read -> {
            assertThat(read.codes()).extracting(FoundCode::text).containsExactlyInAnyOrderElementsOf(texts);
            int columns = (int) Math.ceil(Math.sqrt(count));
            int rows = (count + columns - 1) / columns;
            for (var code : read.codes()) {
                int i = texts.indexOf(code.text());
                assertThat(code.x()).isLessThan((i % columns + 0.5) / columns);
                assertThat(code.x() + code.width()).isGreaterThan((i % columns + 0.5) / columns);
                assertThat(code.y()).isLessThan((i / columns + 0.5) / rows);
                assertThat(code.y() + code.height()).isGreaterThan((i / columns + 0.5) / rows);
            }
        });
    }

    @Test
    void twoPlatesThatSayTheSameStayTwo() {
        var photo = PhotoStudio.jpeg(WIDTH, HEIGHT, 1, Shot.CLEAN, List.of(URL, URL));
        assertThat(texts(photo)).containsExactly(URL, URL);
    }

    @Test
    void aPictureWithoutACodeIsReadAndSaysSo() {
        var photo = PhotoStudio.jpeg(WIDTH, HEIGHT, 1, Shot.CLEAN, List.of());
        assertThat(photos.read(photo)).isEqualTo(new PhotoReading.Read(List.of()));
    }

    @Test
    void lightOnDarkAndTransparentPicturesAreRead() {
        var symbol = QrSymbol.of(URL);
        var inverted = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        var transparent = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < symbol.size(); y++) {
            for (int x = 0; x < symbol.size(); x++) {
                if (symbol.isDark(x, y)) {
                    fill(inverted, Color.WHITE, 70 + x * 8, 70 + y * 8);
                    fill(transparent, Color.BLACK, 70 + x * 8, 70 + y * 8);
                }
            }
        }
        assertThat(texts(Pictures.write(inverted))).containsExactly(URL);
        assertThat(texts(Pictures.write(transparent))).containsExactly(URL);
    }

    @Test
    void pngAndBothKindsOfWebpAreReadAsWell() {
        var symbol = QrSymbol.of(URL);
        assertThat(texts(Pictures.png(symbol, 5))).containsExactly(URL);
        assertThat(texts(TinyWebp.lossless(Pictures.draw(symbol, 5, Ink.BLACK_ON_WHITE))))
                .containsExactly(URL);
        assertThat(texts(Base64.getDecoder().decode(LOSSY_WEBP))).containsExactly("webp");
    }

    @Test
    void theSmallestPhotoOfAMonitorIsReadToo() {
        assertThat(texts(Pictures.png(QrSymbol.of(URL), 2))).containsExactly(URL);
    }

    @Test
    void whatIsNoPictureOfOursIsRefusedByItsBytesNotItsName() {
        assertRefused(new byte[0], Reason.UNSUPPORTED);
        assertRefused(ascii("GIF89a and so on"), Reason.UNSUPPORTED);
        assertRefused(ascii("<svg xmlns='http://www.w3.org/2000/svg'/>"), Reason.UNSUPPORTED);
        assertRefused(ascii("%PDF-1.7"), Reason.UNSUPPORTED);
        assertRefused(ascii("RIFF1234WAVEfmt "), Reason.UNSUPPORTED);
        assertRefused(ascii("\0\0\0\30ftypisom"), Reason.UNSUPPORTED);
        for (var brand : List.of("heic", "heix", "mif1", "avif")) {
            assertRefused(ascii("\0\0\0\30ftyp" + brand + "\0\0\0\0"), Reason.HEIC);
        }
    }

    @Test
    void aFileOf15MegabytesAndAByteIsRefusedUnread() {
        assertRefused(Arrays.copyOf(photo(), CodePhotos.MOST_BYTES + 1), Reason.TOO_LARGE);
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        var png = Pictures.png(QrSymbol.of(URL), 2);
        ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
        assertRefused(withRightCrc(png), Reason.TOO_MANY_PIXELS);

        var jpeg = photo();
        int frame = indexOf(jpeg, 0xff, 0xc0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_000).putShort(frame + 7, (short) 65_000);
        assertRefused(jpeg, Reason.TOO_MANY_PIXELS);

        var webp = TinyWebp.lossless(Pictures.draw(QrSymbol.of(URL), 2, Ink.BLACK_ON_WHITE));
        webp[21] = (byte) 0xff;
        webp[22] = (byte) 0xff;
        webp[23] = (byte) 0xff;
        webp[24] = 0x0f;
        assertRefused(webp, Reason.TOO_MANY_PIXELS);
    }

    @Test
    void aSmallCanvasDoesNotHideALargeFrame() {
        var frame = TinyWebp.lossless(Pictures.draw(QrSymbol.of(URL), 2, Ink.BLACK_ON_WHITE));
        var canvas = ascii("VP8X\12\0\0\0\0\0\0\0\157\0\0\157\0\0");
        var both = ByteBuffer.allocate(frame.length + canvas.length).order(ByteOrder.LITTLE_ENDIAN);
        both.put(frame, 0, 12).put(canvas).put(frame, 12, frame.length - 12);
        both.putInt(4, both.capacity() - 8);
        frame = both.array();
        frame[39] = (byte) 0xff;
        frame[40] = (byte) 0xff;
        frame[41] = (byte) 0xff;
        frame[42] = 0x0f;
        assertRefused(frame, Reason.TOO_MANY_PIXELS);
    }

    @Test
    void endlessScansOfTheSamePixelsAreRefused() {
        var jpeg = photo();
        int scan = indexOf(jpeg, 0xff, 0xda);
        var scans = new ByteArrayOutputStream();
        scans.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 4_000; i++) {
            scans.write(jpeg, scan, 14);
        }
        scans.write(0xff);
        scans.write(0xd9);
        assertRefused(scans.toByteArray(), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void cutOffPicturesAreRefused() {
        for (var whole : List.of(
                photo(),
                Pictures.png(QrSymbol.of(URL), 4),
                TinyWebp.lossless(Pictures.draw(QrSymbol.of(URL), 4, Ink.BLACK_ON_WHITE)))) {
            for (int part = 1; part < 8; part++) {
                assertRefused(Arrays.copyOf(whole, whole.length * part / 8), Reason.BROKEN);
            }
            assertRefused(Arrays.copyOf(whole, whole.length - 1), Reason.BROKEN);
        }
    }

    @Test
    void aPhotoForPeopleIsUprightSmallAndNothingButPixels() {
        var plain = PhotoStudio.jpeg(2400, 1800, 5, Shot.CLEAN, List.of(URL, "https://pay-x.example/a"));
        var held = withTail(withOrientation(plain, 6), ascii("PK\3\4<script>"));
        var found = ((PhotoReading.Read) photos.read(held)).codes();
        var shown = photos.redraw(held, found).orElseThrow();

        assertThat(List.of(shown.width(), shown.height())).containsExactly(1200, 1600);
        assertThat(new String(shown.jpeg(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif", "<script>");
        var again = ((PhotoReading.Read) photos.read(shown.jpeg())).codes();
        assertThat(again).hasSize(2);
        for (var code : shown.codes()) {
            assertThat(again).anySatisfy(it -> {
                assertThat(it.text()).isEqualTo(code.text());
                assertThat(it.x()).isCloseTo(code.x(), within(0.05));
                assertThat(it.y()).isCloseTo(code.y(), within(0.05));
                assertThat(it.width()).isCloseTo(code.width(), within(0.05));
            });
        }
    }

    @Test
    void whatIsRefusedIsNotDrawnEither() {
        HostilePhotos.all().forEach((reason, photo) -> {
            if (reason != Reason.TOO_MANY_CODES) {
                assertThat(photos.redraw(photo, List.of())).as(reason.name()).isEmpty();
            }
        });
    }

    /** With the mark that a phone sets which was held upright: tag 6. */
    private static byte[] withOrientation(byte[] jpeg, int tag) {
        var exif = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 12 + 4);
        exif.putShort((short) 0xffe1).putShort((short) (exif.capacity() - 2));
        exif.put(ascii("Exif\0\0")).put(ascii("MM")).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) tag).putShort((short) 0).putInt(0);
        var both = ByteBuffer.allocate(jpeg.length + exif.capacity());
        both.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2);
        return both.array();
    }

    private static byte[] withTail(byte[] file, byte[] tail) {
        var both = Arrays.copyOf(file, file.length + tail.length);
        System.arraycopy(tail, 0, both, file.length, tail.length);
        return both;
    }

    @Test
    void movingPicturesAreRefused() {
        var png = Pictures.png(QrSymbol.of(URL), 4);
        var moving = new ByteArrayOutputStream();
        moving.write(png, 0, 33);
        moving.writeBytes(new byte[] {0, 0, 0, 8, 'a', 'c', 'T', 'L', 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0});
        moving.write(png, 33, png.length - 33);
        assertRefused(moving.toByteArray(), Reason.ANIMATED);

        var webp = ascii("RIFF\26\0\0\0WEBPVP8X\12\0\0\0\2\0\0\0\0\0\0\0\0\0");
        assertRefused(webp, Reason.ANIMATED);
        assertRefused(ascii("RIFF\14\0\0\0WEBPANIM\0\0\0\0"), Reason.ANIMATED);
    }

    @Test
    void aSecondFileInTheTailIsNotLookedAt() {
        var other = Pictures.png(QrSymbol.of("https://evil.example"), 4);
        for (var tail : List.of(ascii("PK\3\4<?php system($_GET['c']); ?><script>alert(1)</script>"), other, photo())) {
            for (var whole : List.of(photo(), Pictures.png(QrSymbol.of(URL), 4))) {
                var both = Arrays.copyOf(whole, whole.length + tail.length);
                System.arraycopy(tail, 0, both, whole.length, tail.length);
                assertThat(texts(both)).containsExactly(URL);
            }
        }
    }

    @Test
    void aWallpaperOfFinderPatternsDoesNotKeepItBusy() {
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
        assertRefused(Pictures.write(wall), Reason.TOO_MANY_CODES);
    }

    @Test
    void damagedBytesNeverThrow() {
        var random = new Random(7);
        var wholes = List.of(
                PhotoStudio.jpeg(300, 300, 1, Shot.CLEAN, List.of(URL)),
                Pictures.png(QrSymbol.of(URL), 3),
                TinyWebp.lossless(Pictures.draw(QrSymbol.of(URL), 3, Ink.BLACK_ON_WHITE)),
                Base64.getDecoder().decode(LOSSY_WEBP));
        for (int round = 0; round < 200; round++) {
            var bytes = wholes.get(round % wholes.size()).clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt(256);
            }
            assertThat(photos.read(bytes)).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyRefusalSaysWhatToDo(Reason reason) {
        assertThat(reason.words(Locale.SIMPLIFIED_CHINESE)).matches(".*\\p{IsHan}.*");
        assertThat(reason.words(Locale.ENGLISH)).matches("[\\x20-\\x7e“”→]+");
    }

    private static void fill(BufferedImage picture, Color colour, int left, int top) {
        for (int y = top; y < top + 8; y++) {
            for (int x = left; x < left + 8; x++) {
                picture.setRGB(x, y, colour.getRGB());
            }
        }
    }

    private static byte[] photo() {
        return PhotoStudio.jpeg(500, 400, 1, Shot.CLEAN, List.of(URL));
    }

    private List<String> texts(byte[] photo) {
        return switch (photos.read(photo)) {
            case PhotoReading.Read(var codes) ->
                codes.stream().map(FoundCode::text).toList();
            case PhotoReading.Refused(var reason) -> List.of("refused: " + reason);
        };
    }

    private void assertRefused(byte[] photo, Reason reason) {
        assertThat(photos.read(photo)).isEqualTo(new PhotoReading.Refused(reason));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        for (int i = 0; i < bytes.length - 1; i++) {
            if ((bytes[i] & 0xff) == first && (bytes[i + 1] & 0xff) == second) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    /** The header's own check sum, so that it is the size that is refused. */
    private static byte[] withRightCrc(byte[] png) {
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }
}
