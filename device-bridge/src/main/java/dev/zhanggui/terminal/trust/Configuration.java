package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.ScreenDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with its documents, all of them checked.
 *
 * @param jws the manifest as it arrived
 * @param digest of {@code jws}
 * @param documents compact JWS by digest, of the kinds that this terminal knows
 */
public record Configuration(
        Manifest manifest,
        String jws,
        String digest,
        Map<String, String> documents,
        @Nullable HoursDocument hours,
        @Nullable CodesDocument codes,
        @Nullable AcceptanceDocument acceptance,
        @Nullable ScreenDocument screen) {

    public Configuration {
        documents = Map.copyOf(documents);
    }

    /** Null unless this very document, as this kind and of this size, is part of it. */
    @Nullable
    String document(DocumentRef ref) {
        return manifest.documents().stream()
                .filter(own ->
                        own.kind().equals(ref.kind()) && own.digest().equals(ref.digest()) && own.size() == ref.size())
                .findFirst()
                .map(own -> documents.get(own.digest()))
                .orElse(null);
    }

    /** Whether any document says this somewhere. */
    public boolean contains(String text) {
        return Stream.of(hours, codes, acceptance, screen)
                .anyMatch(document -> String.valueOf(document).contains(text));
    }
}
