package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tools.jackson.core.JacksonException;

/**
 * The newest root that this terminal believes. It moves by one version at a time and never back; what it names is used only after it
 * has been written down.
 *
 * @param retired keys that signed under earlier roots: good for what the terminal has in its own memory, and for nothing that arrives
 */
public record TrustedRoot(SignedRoot signed, List<VerificationKey> retired) {

    /** Characters of a root document. */
    static final int LONGEST = 16 * 1024;

    private static final int MOST_KEYS = 16;
    private static final int MOST_RETIRED = 64;

    public TrustedRoot {
        retired = retired == null ? List.of() : List.copyOf(retired);
    }

    /** At activation: believed because of where it comes from, as long as its own roots stand by it. */
    public static Verdict<TrustedRoot> first(SignedRoot signed) {
        return switch (read(signed)) {
            case Verdict.Refused<RootDocument> refused -> refused.of();
            case Verdict.Accepted<RootDocument>(RootDocument document) ->
                signers(document, signed) < document.threshold()
                        ? Verdict.refused(RejectCode.BAD_SIGNATURE, "too few of its own roots signed it")
                        : new Verdict.Accepted<>(new TrustedRoot(signed, List.of()));
        };
    }

    /** The version after this one, when enough roots of both have signed it. */
    public Verdict<TrustedRoot> next(SignedRoot candidate) {
        RootDocument own = document();
        return switch (read(candidate)) {
            case Verdict.Refused<RootDocument> refused -> refused.of();
            case Verdict.Accepted<RootDocument>(RootDocument next) -> {
                if (next.version() == own.version() && !candidate.document().equals(signed.document())) {
                    yield Verdict.refused(RejectCode.EQUIVOCATION, "another root " + own.version());
                }
                if (next.version() <= own.version()) {
                    yield Verdict.refused(RejectCode.ROLLBACK, "root " + next.version() + ", have " + own.version());
                }
                if (next.version() != own.version() + 1) {
                    yield Verdict.refused(RejectCode.DOCUMENT_MISSING, "root " + (own.version() + 1) + " comes first");
                }
                if (signers(own, candidate) < own.threshold()) {
                    yield Verdict.refused(RejectCode.BAD_SIGNATURE, "too few roots of the version before signed it");
                }
                if (signers(next, candidate) < next.threshold()) {
                    yield Verdict.refused(RejectCode.BAD_SIGNATURE, "too few of its own roots signed it");
                }
                yield followed(next, candidate);
            }
        };
    }

    private Verdict<TrustedRoot> followed(RootDocument next, SignedRoot candidate) {
        Map<String, String> now = new HashMap<>();
        next.signing().forEach(key -> now.put(key.kid(), key.publicKey()));
        List<VerificationKey> gone = new ArrayList<>();
        for (VerificationKey key : ever()) {
            String publicKey = now.get(key.kid());
            if (publicKey == null) {
                gone.add(key);
            } else if (!publicKey.equals(key.publicKey())) {
                return Verdict.refused(RejectCode.MALFORMED, "a second key under an old name");
            }
        }
        return new Verdict.Accepted<>(new TrustedRoot(
                candidate, gone.subList(Math.max(0, gone.size() - MOST_RETIRED), gone.size())));
    }

    /** @throws IllegalStateException when it was not checked before */
    public RootDocument document() {
        return switch (read(signed)) {
            case Verdict.Accepted<RootDocument>(RootDocument document) -> document;
            case Verdict.Refused<RootDocument>(RejectCode code, String detail) ->
                throw new IllegalStateException(code + ": " + detail);
        };
    }

    public long version() {
        return document().version();
    }

    /** Good for what arrives. */
    List<VerificationKey> signing() {
        return document().signing().stream().map(RootDocument.Signing::key).toList();
    }

    /** Good for what this terminal has accepted and keeps. */
    public List<VerificationKey> ever() {
        return Stream.concat(retired.stream(), signing().stream()).toList();
    }

    /** How many different roots of this document signed that one. */
    private static int signers(RootDocument document, SignedRoot signed) {
        byte[] input = signed.signingInput().getBytes(StandardCharsets.UTF_8);
        Set<String> signers = new HashSet<>();
        for (VerificationKey root : document.roots()) {
            for (SignedRoot.Signature signature : signed.signatures()) {
                if (signature.kid().equals(root.kid()) && fits(root, input, signature.signature())) {
                    signers.add(root.publicKey());
                }
            }
        }
        return signers.size();
    }

    private static boolean fits(VerificationKey root, byte[] input, String signature) {
        byte[] bytes = Signatures.decode(signature);
        if (bytes == null || bytes.length != Signatures.SIGNATURE_BYTES) {
            return false;
        }
        Ed25519PublicKeyParameters key = Signatures.publicKey(root);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, key);
        signer.update(input, 0, input.length);
        return signer.verifySignature(bytes);
    }

    private static Verdict<RootDocument> read(SignedRoot signed) {
        if (signed.document().length() > LONGEST || signed.signatures().size() > 2 * MOST_KEYS) {
            return Verdict.refused(
                    RejectCode.OVERSIZED, "a root of " + signed.document().length() + " characters");
        }
        RootDocument document;
        try {
            document = StrictJson.read(signed.document().getBytes(StandardCharsets.UTF_8), RootDocument.class);
        } catch (JacksonException e) {
            return Verdict.refused(RejectCode.MALFORMED, "root is not readable");
        }
        if (document.v() != Wire.VERSION) {
            return Verdict.refused(RejectCode.UNSUPPORTED_VERSION, "protocol " + document.v());
        }
        boolean counts = document.version() >= 1
                && document.threshold() >= 1
                && document.threshold() <= document.roots().size()
                && document.roots().size() <= MOST_KEYS
                && document.signing().size() <= MOST_KEYS;
        // A key that stands there twice, or signs both, would make one holder count as two.
        List<VerificationKey> all = Stream.concat(
                        document.roots().stream(), document.signing().stream().map(RootDocument.Signing::key))
                .toList();
        boolean distinct = all.stream().map(VerificationKey::kid).distinct().count() == all.size()
                && all.stream().map(VerificationKey::publicKey).distinct().count() == all.size();
        if (!counts || !distinct) {
            return Verdict.refused(RejectCode.MALFORMED, "root makes no sense");
        }
        try {
            all.forEach(Signatures::publicKey);
        } catch (IllegalArgumentException e) {
            return Verdict.refused(RejectCode.MALFORMED, "root names a key that is none");
        }
        return new Verdict.Accepted<>(document);
    }
}
