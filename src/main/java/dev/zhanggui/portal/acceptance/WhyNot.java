package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a payment was decided as it was. */
public record WhyNot(ScanTexts texts) {

    public String html(@Nullable String reason) {
        return ScanTexts.escape(plain(reason));
    }

    public String plain(@Nullable String reason) {
        return Arrays.stream(ReasonCode.values())
                .filter(it -> it.name().equals(reason))
                .findFirst()
                .map(it -> new HoursWords(texts.locale()).reason(it, null))
                .orElseGet(() -> texts.plain("refused." + reason));
    }
}
