package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.SigningTerm;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The roots that were signed offline, as terminals ask for them. Nothing of it is made here: the portal holds no root key. A chain that
 * terminals would refuse, or that does not name the key in use, keeps the portal from starting.
 */
@Component
public class RootChain implements SigningTerm {

    /** The same limits as at a terminal. */
    private static final int MOST_KEYS = 16;

    private static final int LONGEST = 16 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<Long, SignedRoot> roots = new LinkedHashMap<>();
    private final @Nullable SignedRoot newest;
    private final long newestVersion;
    private final @Nullable Instant until;

    /** @param folder with {@code 1.json}, {@code 2.json}, …, each a {@link SignedRoot}; empty where there are no roots */
    RootChain(@Value("${zhanggui.signing.roots:}") String folder, VerificationKeys keys, Clock clock) {
        SignedRoot last = null;
        RootDocument before = null;
        var named = new HashMap<String, String>();
        for (long version = 1; !folder.isBlank(); version++) {
            var file = Path.of(folder, version + ".json");
            if (!Files.exists(file)) {
                break;
            }
            last = read(file);
            before = follow(before, last, version);
            for (var key : before.signing()) {
                var other = named.put(key.kid(), key.publicKey());
                if (other != null && !other.equals(key.publicKey())) {
                    throw new IllegalStateException("Root " + version + " names a second key " + key.kid());
                }
            }
            roots.put(version, last);
        }
        until = folder.isBlank() ? null : inUse(before, folder, keys.current().getFirst(), clock.instant());
        newest = last;
        newestVersion = before == null ? 0 : before.version();
    }

    /** What a terminal pins when it is activated. */
    @Nullable
    SignedRoot newest() {
        return newest;
    }

    /** 0 where there are no roots. */
    long newestVersion() {
        return newestVersion;
    }

    @Override
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    /** Those roots among the names that there are; other names are left out. */
    public List<SignedDocument> named(Collection<String> names) {
        return names.stream()
                .flatMap(name -> text(name).map(text -> new SignedDocument(name, text)).stream())
                .toList();
    }

    /** Of those that a terminal asks for by name. */
    public Optional<String> text(String name) {
        var version = SignedRoot.version(name);
        return version.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(roots.get(version.getAsLong())).map(JSON::writeValueAsString);
    }

    private static SignedRoot read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), SignedRoot.class);
        } catch (IOException | JacksonException e) {
            throw new IllegalStateException(file + " is not a signed root", e);
        }
    }

    private static RootDocument follow(@Nullable RootDocument before, SignedRoot signed, long version) {
        RootDocument document;
        try {
            document = JSON.readValue(signed.document(), RootDocument.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("Root " + version + " cannot be read", e);
        }
        if (!makesSense(document, signed)) {
            throw new IllegalStateException("Root " + version + " makes no sense");
        }
        if (document.version() != version) {
            throw new IllegalStateException("Root " + version + " says that it is root " + document.version());
        }
        if (signers(document, signed) < document.threshold()) {
            throw new IllegalStateException("Too few of its own roots signed root " + version);
        }
        if (before != null && signers(before, signed) < before.threshold()) {
            throw new IllegalStateException("Too few roots of version " + before.version() + " signed root " + version);
        }
        return document;
    }

    /** What a terminal asks of it. */
    private static boolean makesSense(RootDocument document, SignedRoot signed) {
        var keys = Stream.concat(
                        document.roots().stream(), document.signing().stream().map(RootDocument.Signing::key))
                .toList();
        return document.v() == Wire.VERSION
                && document.threshold() >= 1
                && document.threshold() <= document.roots().size()
                && document.roots().size() <= MOST_KEYS
                && document.signing().size() <= MOST_KEYS
                && signed.signatures().size() <= 2 * MOST_KEYS
                && signed.document().length() <= LONGEST
                && keys.stream().map(VerificationKey::kid).distinct().count() == keys.size()
                && keys.stream().map(VerificationKey::publicKey).distinct().count() == keys.size()
                && keys.stream().allMatch(key -> DeviceSignature.isKey(key.publicKey()));
    }

    /** When the key that signs now ends. */
    private static Instant inUse(
            @Nullable RootDocument newest, String folder, VerificationKeys.VerificationKey current, Instant now) {
        if (newest == null) {
            throw new IllegalStateException("There is no root in " + folder);
        }
        var publicKey = Base64.getUrlEncoder().withoutPadding().encodeToString(current.publicKey());
        var term = newest.signing().stream()
                .filter(key ->
                        key.kid().equals(current.keyId()) && key.publicKey().equals(publicKey))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Root " + newest.version() + " does not name the signing key in use, " + current.keyId()));
        if (now.isBefore(term.from()) || !now.isBefore(term.until())) {
            throw new IllegalStateException("Root " + newest.version() + " names the signing key in use, "
                    + current.keyId() + ", from " + term.from() + " until " + term.until() + " only");
        }
        return term.until();
    }

    private static int signers(RootDocument document, SignedRoot signed) {
        var input = signed.signingInput().getBytes(StandardCharsets.UTF_8);
        var signers = new HashSet<String>();
        for (VerificationKey root : document.roots()) {
            boolean signs = signed.signatures().stream()
                    .anyMatch(it -> it.kid().equals(root.kid())
                            && DeviceSignature.fits(root.publicKey(), input, it.signature()));
            if (signs) {
                signers.add(root.publicKey());
            }
        }
        return signers.size();
    }
}
