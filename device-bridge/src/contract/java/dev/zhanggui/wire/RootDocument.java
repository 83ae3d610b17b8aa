package dev.zhanggui.wire;

import java.time.Instant;
import java.util.List;

/**
 * Whom a terminal believes: the keys that may sign configurations, named by keys that are kept offline. Travels in a
 * {@link SignedRoot}. As in The Update Framework, version N+1 is believed only when enough roots of N and enough of N+1 have signed it.
 *
 * @param v version of the protocol, {@link Wire#VERSION}
 * @param version from 1, by one more each time; a terminal takes them one after the other and never goes back
 * @param threshold how many of {@code roots} must sign, at least 1
 * @param roots keys that are kept offline and sign nothing but this
 * @param signing keys that sign manifests and documents; one that is named no more is withdrawn
 */
public record RootDocument(int v, long version, int threshold, List<VerificationKey> roots, List<Signing> signing) {

    public RootDocument {
        roots = Wire.list(roots);
        signing = Wire.list(signing);
    }

    /**
     * The term limits what the portal signs by mistake. It does not end a stolen key, whose holder writes any moment: only a newer root
     * that does not name it does.
     *
     * @param kid its name in the JWS header
     * @param publicKey the 32 bytes of an Ed25519 public key, base64url
     * @param from manifests issued before are refused
     * @param until manifests issued at or after it are refused
     */
    public record Signing(String kid, String publicKey, Instant from, Instant until) {

        public Signing {
            Wire.required(kid, "kid");
            Wire.required(publicKey, "publicKey");
            Wire.required(from, "from");
            Wire.required(until, "until");
        }

        public VerificationKey key() {
            return new VerificationKey(kid, publicKey);
        }
    }
}
