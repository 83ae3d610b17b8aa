package dev.zhanggui.portal.qrcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.zhanggui.portal.qrcode.QrSymbol.ErrorLevel;
import dev.zhanggui.portal.qrcode.emv.DataObject;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QrSymbolTest {

    private static final String URL = "https://zg.example.cn/q/1123456789abcdefghjkmn";
    private static final int BYTE_MODE = 0b0100;
    private static final int ECI = 0b0111;

    @ParameterizedTest
    @EnumSource(ErrorLevel.class)
    void aPayloadWithChineseSaysThatItIsUtf8AndIsInByteMode(ErrorLevel level) throws Exception {
        var payload = payload("巷口牛肉面（解放路店）");
        var result = read(QrSymbol.of(payload, level));

        assertThat(result.getText()).isEqualTo(payload.text());
        assertThat(result.getBarcodeFormat()).isEqualTo(BarcodeFormat.QR_CODE);
        assertThat(result.getResultMetadata()).containsEntry(ResultMetadataType.ERROR_CORRECTION_LEVEL, level.name());
        var bits = result.getRawBytes();
        assertThat(bits[0] >> 4 & 0xf).isEqualTo(ECI);
        assertThat((bits[0] & 0xf) << 4 | bits[1] >> 4 & 0xf).isEqualTo(26);
        assertThat(bits[1] & 0xf).isEqualTo(BYTE_MODE);
        var segments =
                (List<?>) Objects.requireNonNull(result.getResultMetadata().get(ResultMetadataType.BYTE_SEGMENTS));
        assertThat((byte[]) segments.getFirst()).isEqualTo(payload.text().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPayloadInAsciiIsInByteModeWithoutEciEvenWhenAlphanumericWouldBeShorter() throws Exception {
        var payload = new EmvPayload(List.of(
                new DataObject("00", "01"),
                new DataObject("15", "0000000100000002ABCDEFGHIJKLMNO"),
                new DataObject("52", "5812"),
                new DataObject("53", "156"),
                new DataObject("58", "CN"),
                new DataObject("59", "CAFE"),
                new DataObject("60", "CHENGDU")));
        var result = read(QrSymbol.of(payload, ErrorLevel.M));

        assertThat(payload.needsUtf8()).isFalse();
        assertThat(result.getText()).isEqualTo(payload.text());
        assertThat(result.getRawBytes()[0] >> 4 & 0xf).isEqualTo(BYTE_MODE);
    }

    @Test
    void aUrlHasNoEci() throws Exception {
        var result = read(QrSymbol.of(URL));
        assertThat(result.getText()).isEqualTo(URL);
        assertThat(result.getRawBytes()[0] >> 4 & 0xf).isEqualTo(BYTE_MODE);
        assertThatIllegalArgumentException().isThrownBy(() -> QrSymbol.of("https://掌柜.cn"));
    }

    @Test
    void aPayloadFitsWhatAPrinterCanShow() {
        var symbol = QrSymbol.of(payload("巷口牛肉面（解放路店）"), ErrorLevel.M);
        assertThat(symbol.size()).as("version 12 at most").isLessThanOrEqualTo(17 + 4 * 12);
        assertThat(PrintSize.within(symbol, 48, 203))
                .hasValueSatisfying(it -> assertThat(it.dotsPerModule()).isGreaterThanOrEqualTo(4));
    }

    @ParameterizedTest
    @CsvSource({
        // dots per module on 58-mm paper (384 dots), 203 dpi: 48 mm
        "48, 203, 9",
        "80, 203, 15",
        "80, 300, 23",
        "21, 203, 4",
    })
    void theLargestWholeNumberOfDotsIsTaken(double millimetres, int dpi, int dots) {
        var symbol = QrSymbol.of(URL);
        assertThat(symbol.size()).isEqualTo(33);
        assertThat(PrintSize.within(symbol, millimetres, dpi)).contains(new PrintSize(dots, dpi));
    }

    @Test
    void nothingIsPrintedThatAPhoneCannotRead() {
        var symbol = QrSymbol.of(URL);
        assertThat(PrintSize.within(symbol, 19.9, 300)).as("smaller than 20 mm").isEmpty();
        assertThat(PrintSize.within(symbol, 0.1, 300)).isEmpty();
        assertThat(PrintSize.within(QrSymbol.of(payload("店"), ErrorLevel.H), 21, 600))
                .as("modules under half a millimetre")
                .isEmpty();
        for (int dpi : new int[] {203, 300, 600}) {
            var least = PrintSize.least(symbol, dpi);
            assertThat(least.canBeRead(symbol)).isTrue();
            assertThat(new PrintSize(least.dotsPerModule() - 1, dpi).canBeRead(symbol))
                    .isFalse();
        }
        assertThat(PrintSize.least(symbol, 203)).isEqualTo(new PrintSize(4, 203));
        assertThat(new PrintSize(4, 203).sideMillimetres(symbol)).isEqualTo(20.52, within(0.01));
        assertThatIllegalArgumentException().isThrownBy(() -> new PrintSize(0, 300));
    }

    @Test
    void coloursTooCloseOrTheWrongWayRoundAreRefused() {
        assertThat(Ink.contrast(0x000000, 0xffffff)).isEqualTo(21, within(0.01));
        assertThat(new Ink(0x9a1f1a, 0xffffff).dark()).isEqualTo(0x9a1f1a);
        assertThatIllegalArgumentException().isThrownBy(() -> new Ink(0x888888, 0xffffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ink(0xffffff, 0x000000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ink(0x000000, 0x333333));
    }

    private static EmvPayload payload(String name) {
        return new MerchantCode(
                        name,
                        null,
                        "成都",
                        "5812",
                        URL,
                        new MerchantCode.UnionPay("01020304", "00010000", "822651058120001"),
                        "S001",
                        "A600866",
                        null)
                .payload();
    }

    private static Result read(QrSymbol symbol) throws Exception {
        int dots = 4;
        int side = (symbol.size() + 2 * QrSymbol.QUIET_ZONE) * dots;
        var light = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean dark = symbol.isDark(x / dots - QrSymbol.QUIET_ZONE, y / dots - QrSymbol.QUIET_ZONE);
                light[y * side + x] = (byte) (dark ? 0 : 255);
            }
        }
        LuminanceSource source = new PlanarYUVLuminanceSource(light, side, side, 0, 0, side, side, false);
        return new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(source)));
    }
}
