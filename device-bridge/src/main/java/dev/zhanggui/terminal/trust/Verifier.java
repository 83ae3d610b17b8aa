package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** All checks between a message and its activation, in order: size, form, signature, type, address, version, documents. */
public final class Verifier {

    private static final Set<String> KNOWN =
            Set.of(DocumentRef.HOURS, DocumentRef.CODES, DocumentRef.ACCEPTANCE, DocumentRef.SCREEN);

    private static final int MAX_CODES = 200;
    private static final int MAX_URL = 1024;

    private final String tid;
    private final Signatures signatures;
    private final Map<String, RootDocument.Signing> terms;

    /** With keys that are good for ever. */
    public Verifier(String tid, List<VerificationKey> pinned) {
        this(tid, pinned, List.of());
    }

    /** With the keys that a root names, each for its time. */
    public Verifier(String tid, TrustedRoot root) {
        this(tid, root.signing(), root.document().signing());
    }

    private Verifier(String tid, List<VerificationKey> keys, List<RootDocument.Signing> terms) {
        this.tid = tid;
        this.signatures = new Signatures(keys);
        this.terms = terms.stream().collect(Collectors.toUnmodifiableMap(RootDocument.Signing::kid, key -> key));
    }

    /** A manifest that is genuine and meant for this terminal; its version is the {@link Floor}'s matter. */
    public Verdict<Manifest> manifest(byte[] jws) {
        return switch (signatures.check(jws, Wire.MANIFEST_TYP, Wire.MAX_MANIFEST_BYTES)) {
            case Verdict.Refused<byte[]> refused -> refused.of();
            case Verdict.Accepted<byte[]>(byte[] payload) -> inTerm(addressed(payload), jws);
        };
    }

    /** By the moment that the manifest names: the terminal's own clock may be off. */
    private Verdict<Manifest> inTerm(Verdict<Manifest> verdict, byte[] jws) {
        if (verdict instanceof Verdict.Accepted<Manifest>(Manifest manifest) && !terms.isEmpty()) {
            RootDocument.Signing key = terms.get(Signatures.kid(jws));
            if (key == null
                    || manifest.issuedAt().isBefore(key.from())
                    || !manifest.issuedAt().isBefore(key.until())) {
                return Verdict.refused(RejectCode.UNKNOWN_KEY, "the key was not in force when it was issued");
            }
        }
        return verdict;
    }

    private Verdict<Manifest> addressed(byte[] payload) {
        Manifest manifest;
        try {
            manifest = StrictJson.read(payload, Manifest.class);
        } catch (JacksonException e) {
            return Verdict.refused(RejectCode.MALFORMED, "manifest is not readable");
        }
        if (manifest.v() != Wire.VERSION) {
            return Verdict.refused(RejectCode.UNSUPPORTED_VERSION, "protocol " + manifest.v());
        }
        if (!manifest.tid().equals(tid)) {
            return Verdict.refused(RejectCode.WRONG_TERMINAL, "made for another terminal");
        }
        if (manifest.epoch() < 0 || manifest.gen() < 1) {
            return Verdict.refused(RejectCode.MALFORMED, "no such version");
        }
        Set<String> kinds = new HashSet<>();
        for (DocumentRef ref : manifest.documents()) {
            if (!kinds.add(ref.kind())) {
                return Verdict.refused(RejectCode.MALFORMED, "two documents of kind " + ref.kind());
            }
        }
        return new Verdict.Accepted<>(manifest);
    }

    /** Digests of documents that are neither inline nor at hand. */
    public static List<String> missing(Manifest manifest, Map<String, String> atHand) {
        return manifest.documents().stream()
                .filter(ref -> KNOWN.contains(ref.kind()) && ref.inline() == null && !atHand.containsKey(ref.digest()))
                .map(DocumentRef::digest)
                .toList();
    }

    /**
     * The whole configuration, when every document of a known kind is there, is the pinned one, is genuine and makes sense.
     *
     * @param atHand compact JWS by digest; what it says of its digest is not believed
     */
    public Verdict<Configuration> configuration(Manifest manifest, String jws, Map<String, String> atHand) {
        return configuration(manifest, jws, atHand, null);
    }

    /**
     * As {@link #configuration(Manifest, String, Map)}.
     *
     * @param running what this very verifier accepted: of what has not changed since, nothing is checked a second time
     */
    public Verdict<Configuration> configuration(
            Manifest manifest, String jws, Map<String, String> atHand, @Nullable Configuration running) {
        Map<String, Configuration> same = new HashMap<>();
        Map<String, String> documents = new HashMap<>();
        Map<String, byte[]> payloads = new HashMap<>();
        for (DocumentRef ref : manifest.documents()) {
            if (!KNOWN.contains(ref.kind())) {
                continue;
            }
            String checked = running == null ? null : running.document(ref);
            if (running != null && checked != null) {
                same.put(ref.kind(), running);
                documents.put(ref.digest(), checked);
                continue;
            }
            String inline = ref.inline();
            String document = inline != null ? inline : atHand.get(ref.digest());
            if (document == null) {
                return Verdict.refused(RejectCode.DOCUMENT_MISSING, ref.kind());
            }
            byte[] bytes = document.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length > Wire.MAX_DOCUMENT_BYTES) {
                return Verdict.refused(RejectCode.OVERSIZED, ref.kind() + " has " + bytes.length + " bytes");
            }
            if (bytes.length != ref.size() || !Wire.digest(document).equals(ref.digest())) {
                return Verdict.refused(RejectCode.DOCUMENT_DIGEST, ref.kind());
            }
            switch (signatures.check(bytes, DocumentRef.typ(ref.kind()), Wire.MAX_DOCUMENT_BYTES)) {
                case Verdict.Refused<byte[]>(RejectCode code, String detail) -> {
                    return Verdict.refused(code, ref.kind() + ": " + detail);
                }
                case Verdict.Accepted<byte[]>(byte[] payload) -> {
                    documents.put(ref.digest(), document);
                    payloads.put(ref.kind(), payload);
                }
            }
        }
        try {
            Configuration configuration = new Configuration(
                    manifest,
                    jws,
                    Wire.digest(jws),
                    documents,
                    read(DocumentRef.HOURS, HoursDocument.class, payloads, same, Configuration::hours),
                    read(DocumentRef.CODES, CodesDocument.class, payloads, same, Configuration::codes),
                    read(DocumentRef.ACCEPTANCE, AcceptanceDocument.class, payloads, same, Configuration::acceptance),
                    read(DocumentRef.SCREEN, ScreenDocument.class, payloads, same, Configuration::screen));
            List<String> nonsense = nonsense(configuration);
            return nonsense.isEmpty()
                    ? new Verdict.Accepted<>(configuration)
                    : Verdict.refused(RejectCode.DOCUMENT_INVALID, nonsense.getFirst());
        } catch (JacksonException e) {
            return Verdict.refused(RejectCode.DOCUMENT_INVALID, "not readable");
        }
    }

    /** @param same the configuration that has the same document of a kind, and has read it already */
    private static <T> @Nullable T read(
            String kind,
            Class<T> type,
            Map<String, byte[]> payloads,
            Map<String, Configuration> same,
            Function<Configuration, @Nullable T> before) {
        Configuration running = same.get(kind);
        if (running != null) {
            return before.apply(running);
        }
        byte[] payload = payloads.get(kind);
        return payload == null ? null : StrictJson.read(payload, type);
    }

    private static List<String> nonsense(Configuration configuration) {
        List<String> found = new ArrayList<>();
        HoursDocument hours = configuration.hours();
        if (hours != null) {
            if (hours.transitions().isEmpty()) {
                found.add("hours without transitions");
            }
            if (!ascending(hours.transitions(), HoursDocument.Transition::at)
                    || !ascending(hours.offsets(), HoursDocument.Offset::from)) {
                found.add("hours out of order");
            }
            if (hours.offsets().stream().anyMatch(offset -> Math.abs(offset.seconds()) > 18 * 3600)) {
                found.add("no such offset");
            }
        }
        CodesDocument codes = configuration.codes();
        if (codes != null) {
            if (codes.codes().size() > MAX_CODES) {
                found.add("too many codes");
            }
            if (codes.codes().stream()
                    .anyMatch(code -> code.url().length() > MAX_URL
                            || !(code.url().startsWith("https://") || code.url().startsWith("http://")))) {
                found.add("a code that no phone can open");
            }
        }
        return found;
    }

    private static <T> boolean ascending(List<T> list, Function<T, Instant> moment) {
        for (int i = 1; i < list.size(); i++) {
            if (!moment.apply(list.get(i - 1)).isBefore(moment.apply(list.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
