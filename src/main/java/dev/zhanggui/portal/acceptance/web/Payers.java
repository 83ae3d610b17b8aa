package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes of a request the little that may be kept of its sender. */
@Component
class Payers {

    private static final int MARK_BYTES = 16;
    private static final Pattern REGION = Pattern.compile("[0-9A-Za-z-]{2,12}");

    private final PersonalDataCipher cipher;
    private final Clock clock;
    private final String regionHeader;

    /** @param regionHeader the header in which a trusted proxy says where the sender is; empty without such a proxy */
    Payers(PersonalDataCipher cipher, Clock clock, @Value("${zhanggui.scan.region-header:}") String regionHeader) {
        this.cipher = cipher;
        this.clock = clock;
        this.regionHeader = regionHeader;
    }

    Payer of(HttpServletRequest request) {
        var agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var index = cipher.blindIndex("payer/" + day, request.getRemoteAddr() + "\n" + agent);
        return new Payer(PayerApp.of(agent), HexFormat.of().formatHex(index, 0, MARK_BYTES), region(request));
    }

    private @Nullable String region(HttpServletRequest request) {
        if (regionHeader.isEmpty()) {
            return null;
        }
        var region = request.getHeader(regionHeader);
        return region != null && REGION.matcher(region).matches() ? region : null;
    }
}
