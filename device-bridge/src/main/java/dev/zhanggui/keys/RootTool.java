package dev.zhanggui.keys;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.TrustedRoot;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import tools.jackson.core.JacksonException;

/**
 * Ends with 0 when all is well, 1 when a root does not hold, 2 for words that make no sense.
 *
 * <pre>
 * new FILE                    a key: FILE (secret, for its owner alone) and FILE.pub
 * root OUT VERSION THRESHOLD --roots PUB… --signing PUB FROM UNTIL [PUB FROM UNTIL …]
 *                             a root without signatures; moments as 2026-12-01T00:00:00Z
 * sign ROOT FILE              adds the signature of the key in FILE
 * check ROOT…                 judges a chain, oldest first, as a terminal does
 * </pre>
 */
public final class RootTool {

    /** A command or a file that cannot be understood. */
    private static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final int USAGE = 2;

    private final PrintStream out;

    RootTool(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new RootTool(System.out).run(List.of(arguments)));
    }

    int run(List<String> words) {
        String command = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            return switch (command) {
                case "new" -> newKey(rest);
                case "root" -> root(rest);
                case "sign" -> sign(rest);
                case "check" -> check(rest);
                default ->
                    throw new UsageException(
                            "new FILE | root OUT VERSION THRESHOLD --roots PUB… --signing PUB FROM UNTIL … | "
                                    + "sign ROOT FILE | check ROOT…");
            };
        } catch (UsageException e) {
            out.println(e.getMessage());
        } catch (NoSuchFileException e) {
            out.println("There is no file " + e.getMessage());
        } catch (IOException e) {
            out.println("Cannot read or write: " + e.getMessage());
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
            out.println("Not what it should be: " + e.getMessage());
        }
        return USAGE;
    }

    private int newKey(List<String> words) throws IOException, UsageException {
        Path file = Path.of(exactly(words, 1, "new FILE").getFirst());
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // As the portal reads its own: standard base64 of the 32 bytes.
        Files.writeString(file, Base64.getEncoder().encodeToString(key.getEncoded()) + "\n");
        VerificationKey half = publicHalf(key);
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".pub"),
                StrictJson.MAPPER.writeValueAsString(half) + "\n",
                StandardOpenOption.CREATE_NEW);
        out.println(half.kid());
        return 0;
    }

    private int root(List<String> words) throws IOException, UsageException {
        int roots = words.indexOf("--roots");
        int signing = words.indexOf("--signing");
        if (roots != 3 || signing <= roots + 1 || (words.size() - signing - 1) % 3 != 0) {
            throw new UsageException("root OUT VERSION THRESHOLD --roots PUB… --signing PUB FROM UNTIL …");
        }
        List<VerificationKey> named = new ArrayList<>();
        for (String file : words.subList(roots + 1, signing)) {
            named.add(read(file, VerificationKey.class));
        }
        List<RootDocument.Signing> keys = new ArrayList<>();
        for (int i = signing + 1; i < words.size(); i += 3) {
            VerificationKey key = read(words.get(i), VerificationKey.class);
            keys.add(new RootDocument.Signing(
                    key.kid(), key.publicKey(), Instant.parse(words.get(i + 1)), Instant.parse(words.get(i + 2))));
        }
        RootDocument document = new RootDocument(
                Wire.VERSION, Long.parseLong(words.get(1)), Integer.parseInt(words.get(2)), named, keys);
        write(words.getFirst(), new SignedRoot(StrictJson.MAPPER.writeValueAsString(document), List.of()));
        out.println("root " + document.version() + " needs " + document.threshold() + " of " + named.size()
                + " of its own, and as many of the version before as that one says");
        return 0;
    }

    private int sign(List<String> words) throws IOException, UsageException {
        exactly(words, 2, "sign ROOT FILE");
        SignedRoot root = read(words.getFirst(), SignedRoot.class);
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(Base64.getDecoder()
                .decode(Files.readString(Path.of(words.get(1))).strip()));
        String kid = publicHalf(key).kid();
        byte[] input = root.signingInput().getBytes(StandardCharsets.UTF_8);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, input, 0, input.length, signature, 0);
        List<SignedRoot.Signature> signatures = new ArrayList<>(root.signatures());
        signatures.removeIf(other -> other.kid().equals(kid));
        signatures.add(new SignedRoot.Signature(kid, BASE64URL.encodeToString(signature)));
        write(words.getFirst(), new SignedRoot(root.document(), signatures));
        out.println(kid + " signed: " + root.document());
        return 0;
    }

    private int check(List<String> words) throws IOException, UsageException {
        if (words.isEmpty()) {
            throw new UsageException("check ROOT…");
        }
        TrustedRoot trusted = null;
        for (String file : words) {
            SignedRoot next = read(file, SignedRoot.class);
            switch (trusted == null ? TrustedRoot.first(next) : trusted.next(next)) {
                case Verdict.Accepted<TrustedRoot>(TrustedRoot accepted) -> trusted = accepted;
                case Verdict.Refused<TrustedRoot>(RejectCode code, String detail) -> {
                    out.println(file + " does not hold: " + code + ", " + detail);
                    return 1;
                }
            }
        }
        out.println("holds: " + words.size() + " roots, the newest is " + (trusted == null ? 0 : trusted.version()));
        return 0;
    }

    /** Its id is taken from the key, as the portal does it. */
    private static VerificationKey publicHalf(Ed25519PrivateKeyParameters key) {
        byte[] half = key.generatePublicKey().getEncoded();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(half);
            return new VerificationKey("zg-" + HexFormat.of().formatHex(digest, 0, 6), BASE64URL.encodeToString(half));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        return StrictJson.read(Files.readAllBytes(Path.of(file)), type);
    }

    /** Beside it first: a full disk must not cost signatures. */
    private static void write(String file, SignedRoot root) throws IOException {
        Path target = Path.of(file);
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        Files.writeString(beside, StrictJson.MAPPER.writeValueAsString(root) + "\n");
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> exactly(List<String> words, int count, String usage) throws UsageException {
        if (words.size() != count) {
            throw new UsageException(usage);
        }
        return words;
    }
}
