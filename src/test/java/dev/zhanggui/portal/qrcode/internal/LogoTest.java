package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.QrSymbol.ErrorLevel;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogoTest {

    private static final String URL = "https://zg.example.cn/q/1123456789abcdefghjkmn";
    private static final int DOTS = 8;

    static Stream<QrSymbol> symbols() {
        var payload = new MerchantCode("巷口牛肉面", null, "成都", "5812", URL, null, "S001", null, null).payload();
        return Stream.of(QrSymbol.of(URL, ErrorLevel.H), QrSymbol.of(payload, ErrorLevel.H));
    }

    @ParameterizedTest
    @MethodSource("symbols")
    void aLogoStandsInTheMiddleAndTheCodeReadsThroughEveryHardship(QrSymbol symbol) {
        var picture = Logo.inside(symbol, DOTS, Ink.BLACK_ON_WHITE, logo()).orElseThrow();

        int middle = picture.getWidth() / 2;
        assertThat(picture.getRGB(middle, middle) & 0xffffff).isEqualTo(0xb3261e);
        assertReads(picture, symbol);
        assertReads(Hardships.turned(picture, 0.5, 0), symbol);
        for (int degrees : new int[] {7, 15, 45, 90, 180, 333}) {
            assertReads(Hardships.turned(picture, 1, degrees), symbol);
        }
        assertReads(Hardships.blurred(picture, DOTS), symbol);
        var bare = Pictures.draw(symbol, DOTS, Ink.BLACK_ON_WHITE);
        for (int seed = 100; seed < 112; seed++) {
            // Over a finder pattern's edge some stains kill any symbol; the logo must not make it worse.
            if (reads(Hardships.damaged(bare, 0.1, symbol.size(), QrSymbol.QUIET_ZONE, seed), symbol)) {
                assertReads(Hardships.damaged(picture, 0.1, symbol.size(), QrSymbol.QUIET_ZONE, seed), symbol);
            }
        }
    }

    @Test
    void aPictureTooFineToSpareAnythingGetsNoLogo() {
        var symbol = QrSymbol.of(URL, ErrorLevel.H);
        assertThat(reads(Pictures.draw(symbol, 2, Ink.BLACK_ON_WHITE), symbol)).isTrue();
        assertThat(Logo.inside(symbol, 2, Ink.BLACK_ON_WHITE, logo())).isEmpty();
    }

    @Test
    void onlyTheStrongestErrorLevelCarriesALogo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Logo.inside(QrSymbol.of(URL), DOTS, Ink.BLACK_ON_WHITE, logo()));
    }

    @Test
    void aLongLogoKeepsItsShape() {
        var symbol = QrSymbol.of(URL, ErrorLevel.H);
        var picture = Logo.inside(
                        symbol, DOTS, Ink.BLACK_ON_WHITE, new BufferedImage(400, 100, BufferedImage.TYPE_INT_RGB))
                .orElseThrow();
        int middle = picture.getWidth() / 2;
        assertThat(picture.getRGB(middle, middle) & 0xffffff).isZero();
        assertThat(picture.getRGB(middle, middle - 2 * DOTS) & 0xffffff).isEqualTo(0xffffff);
    }

    private static void assertReads(BufferedImage picture, QrSymbol symbol) {
        assertThat(Decoder.read(picture)).isEqualTo(Optional.of(symbol.text()));
    }

    private static boolean reads(BufferedImage picture, QrSymbol symbol) {
        return Decoder.read(picture).equals(Optional.of(symbol.text()));
    }

    private static BufferedImage logo() {
        var logo = new BufferedImage(120, 120, BufferedImage.TYPE_INT_ARGB);
        var pen = logo.createGraphics();
        pen.setColor(new Color(0xb3261e));
        pen.fillRoundRect(0, 0, 120, 120, 30, 30);
        pen.dispose();
        return logo;
    }
}
