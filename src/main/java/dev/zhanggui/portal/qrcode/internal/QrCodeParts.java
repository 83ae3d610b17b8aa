package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.SheetPress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads what differs between installations: key, environment, public address, font. */
@Configuration(proxyBeanMethods = false)
class QrCodeParts {

    private static final String DEVELOPMENT_KEY = "development key of QR codes - for demo mode only";

    /**
     * A key must never go while plates that it signed are out: they all would be refused.
     *
     * @param key one or several, as {@link CodeKeys#parse} reads them
     * @param environment such as "production" or "staging": codes of one are refused by all others
     */
    @Bean
    CodeSigner codeSigner(
            @Value("${zhanggui.qrcode.key:}") String key,
            @Value("${zhanggui.environment:}") String environment,
            @Value("${zhanggui.demo:false}") boolean demo) {
        if (key.isBlank() && !demo) {
            throw new IllegalStateException(
                    "ZHANGGUI_QRCODE_KEY is missing. Make one with: openssl rand -base64 48, and keep it as long as plates are out");
        }
        var keys = CodeKeys.parse(key.isBlank() ? DEVELOPMENT_KEY : key);
        if (keys.contains(DEVELOPMENT_KEY) && !demo) {
            throw new IllegalStateException("ZHANGGUI_QRCODE_KEY is the development key, which everybody knows");
        }
        var name = environment.isBlank() ? (demo ? "demo" : "production") : environment;
        return new CodeSigner(keys, name);
    }

    @Bean
    CodeUrls codeUrls(@Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl) {
        return new CodeUrls(publicUrl);
    }

    /** @param font a TrueType collection with WenQuanYi Micro Hei, where it is not in its usual place */
    @Bean
    Press press(@Value("${zhanggui.qrcode.font:}") String font) {
        return new Press(fonts(font));
    }

    @Bean
    LabelSheets labelSheets(@Value("${zhanggui.qrcode.font:}") String font) {
        return new LabelSheets(fonts(font));
    }

    @Bean
    SheetPress sheetPress(@Value("${zhanggui.qrcode.font:}") String font) {
        return new SheetPrinter(fonts(font));
    }

    @Bean
    CodePhotos codePhotos() {
        return new PhotoReader();
    }

    private static List<Path> fonts(String font) {
        var fonts = new ArrayList<>(PlateFont.USUAL);
        if (!font.isBlank()) {
            fonts.addFirst(Path.of(font));
        }
        return fonts;
    }
}
