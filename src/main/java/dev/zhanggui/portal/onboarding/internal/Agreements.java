package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.onboarding.Agreement;
import dev.zhanggui.portal.shared.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The service agreements that were ever in force: texts in {@code onboarding/agreement-<version>.<language>.txt}, never edited. */
@Component
class Agreements {

    private static final String CURRENT = "2026-11";

    private final Map<String, Agreement> versions = new LinkedHashMap<>();

    Agreements() {
        versions.put(CURRENT, read(CURRENT));
    }

    Agreement current() {
        return version(CURRENT);
    }

    Agreement version(String version) {
        var agreement = versions.get(version);
        if (agreement == null) {
            throw new NotFoundException("agreement:" + version);
        }
        return agreement;
    }

    private static Agreement read(String version) {
        var zh = text(version, "zh");
        return new Agreement(version, zh, text(version, "en"), Digests.sha256(zh));
    }

    private static String text(String version, String language) {
        var name = "/onboarding/agreement-" + version + "." + language + ".txt";
        try (var in = Objects.requireNonNull(Agreements.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
