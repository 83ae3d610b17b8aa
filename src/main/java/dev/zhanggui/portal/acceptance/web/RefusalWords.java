package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a payment was refused; escaped. */
record RefusalWords(ScanTexts texts) {

    String html(@Nullable String reason) {
        return Arrays.stream(ReasonCode.values())
                .filter(it -> it.name().equals(reason))
                .findFirst()
                .map(it -> ScanTexts.escape(new HoursWords(texts.locale()).reason(it, null)))
                .orElseGet(() -> texts.html("refused." + reason));
    }
}
