package dev.zhanggui.portal.configuration;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How configurations look on the wire. The contract lives at the edge, which implements this; here we only sign its bytes. */
public interface WireEncoding {

    /** The same document gives the same bytes, always. */
    Payload document(ConfigurationDocument document);

    Payload manifest(Manifest manifest);

    /** Documents up to this many characters of JWS travel inside the manifest. */
    int inlineLimit();

    /** The largest document that a terminal reads, in characters of JWS. */
    int documentLimit();

    /** What is signed, and the JWS header {@code typ} that keeps one kind from passing for another. */
    record Payload(String typ, byte[] bytes) {}

    /** One terminal's whole state: pins every document. */
    record Manifest(
            String publicId, ConfigurationVersion version, Instant issuedAt, Instant leaseUntil, List<Pin> documents) {

        public Manifest {
            documents = List.copyOf(documents);
        }
    }

    /** @param inline the document's JWS when it travels inside; null when the terminal asks for it */
    record Pin(
            DocumentKind kind,
            String digest,
            int size,
            @Nullable String inline) {}
}
