package dev.zhanggui.terminal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Samples;
import dev.zhanggui.support.Signer;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final String OTHER = "01K9ZQ4T8M3V5C7W9Y2B4D6F9J";
    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Signer SIGNER = new Signer("k1");
    private static final String HEADER = header("EdDSA", "");

    private final Verifier verifier = new Verifier(TID, List.of(SIGNER.verificationKey()));

    @Test
    void aGenuineManifestIsAccepted() {
        assertThat(verifier.manifest(bytes(SIGNER.manifest(manifest(List.of())))))
                .isEqualTo(new Verdict.Accepted<>(manifest(List.of())));
    }

    record Attack(String name, String jws, RejectCode code) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        String[] parts = SIGNER.manifest(manifest(List.of())).split("\\.");
        String genuine = String.join(".", parts);
        String input = parts[0] + "." + parts[1] + ".";
        String payload = payload(TID, 7);
        Signer stranger = new Signer("k9");
        return Stream.of(
                new Attack("empty", "", RejectCode.MALFORMED),
                new Attack("dots only", "..", RejectCode.MALFORMED),
                new Attack("four parts", genuine + ".x", RejectCode.MALFORMED),
                new Attack("two parts", parts[0] + "." + parts[1], RejectCode.MALFORMED),
                new Attack("padding", parts[0] + "=." + parts[1] + "." + parts[2], RejectCode.MALFORMED),
                new Attack("a line end", genuine + "\n", RejectCode.MALFORMED),
                new Attack("not base64url", parts[0] + ".*." + parts[2], RejectCode.MALFORMED),
                new Attack("header is no JSON", SIGNER.raw("EdDSA", payload), RejectCode.MALFORMED),
                new Attack("header is a list", SIGNER.raw("[]", payload), RejectCode.MALFORMED),
                new Attack(
                        "doubled alg",
                        SIGNER.raw(HEADER.replace("{", "{\"alg\":\"none\","), payload),
                        RejectCode.MALFORMED),
                new Attack("crit", SIGNER.raw(header("EdDSA", ",\"crit\":[\"exp\"]"), payload), RejectCode.MALFORMED),
                new Attack("b64 false", SIGNER.raw(header("EdDSA", ",\"b64\":false"), payload), RejectCode.MALFORMED),
                new Attack(
                        "a doubled alg, one of them escaped",
                        SIGNER.raw(HEADER.replace("{", "{\"\\u0061lg\":\"none\","), payload),
                        RejectCode.MALFORMED),
                new Attack(
                        "doubled kid",
                        SIGNER.raw(HEADER.replace("{", "{\"kid\":\"k9\","), payload),
                        RejectCode.MALFORMED),
                new Attack(
                        "doubled typ",
                        SIGNER.raw(HEADER.replace("{", "{\"typ\":\"JWT\","), payload),
                        RejectCode.MALFORMED),
                new Attack("header with a tail", SIGNER.raw(HEADER + "{}", payload), RejectCode.MALFORMED),
                new Attack("header is null", SIGNER.raw("null", payload), RejectCode.MALFORMED),
                new Attack("header is a text", SIGNER.raw("\"EdDSA\"", payload), RejectCode.MALFORMED),
                new Attack("header cut short", SIGNER.raw(HEADER.substring(0, 20), payload), RejectCode.MALFORMED),
                new Attack(
                        "header in UTF-16",
                        SIGNER.raw(
                                new String(HEADER.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
                                payload),
                        RejectCode.MALFORMED),
                new Attack(
                        "deep header",
                        SIGNER.raw(HEADER.replace("{", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ","), payload),
                        RejectCode.MALFORMED),
                new Attack(
                        "a number of a thousand digits in the header",
                        SIGNER.raw(HEADER.replace("{", "{\"x\":" + "9".repeat(1000) + ","), payload),
                        RejectCode.MALFORMED),
                new Attack(
                        "a name of a thousand letters in the header",
                        SIGNER.raw(HEADER.replace("{", "{\"" + "x".repeat(1000) + "\":1,"), payload),
                        RejectCode.MALFORMED),
                new Attack("empty header object", SIGNER.raw("{}", payload), RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "base64 with + and /",
                        parts[0] + "." + parts[1] + "."
                                + parts[2].replace('-', '+').replace('_', '/') + "+",
                        RejectCode.MALFORMED),
                new Attack(
                        "a space inside",
                        parts[0] + "." + parts[1].substring(0, 8) + " " + parts[1].substring(8) + "." + parts[2],
                        RejectCode.MALFORMED),
                new Attack("a line break inside", parts[0] + ".\n" + parts[1] + "." + parts[2], RejectCode.MALFORMED),
                new Attack(
                        "another spelling of the last letter",
                        parts[0] + "." + parts[1] + "." + respelt(parts[2]),
                        RejectCode.MALFORMED),
                new Attack("padded signature", genuine + "==", RejectCode.MALFORMED),
                new Attack("trailing garbage", genuine + "\0", RejectCode.MALFORMED),
                new Attack("a byte order mark before it", "\u00ef\u00bb\u00bf" + genuine, RejectCode.MALFORMED),
                new Attack("letters beyond ASCII", genuine.replace('A', '\u00c1'), RejectCode.MALFORMED),
                new Attack("detached payload", parts[0] + ".." + parts[2], RejectCode.MALFORMED),
                new Attack("no header", "." + parts[1] + "." + parts[2], RejectCode.MALFORMED),
                new Attack(
                        "JSON serialization",
                        "{\"protected\":\"" + parts[0] + "\",\"payload\":\"" + parts[1] + "\",\"signature\":\""
                                + parts[2] + "\"}",
                        RejectCode.MALFORMED),
                new Attack("encrypted form, five parts", genuine + ".x.y", RejectCode.MALFORMED),
                new Attack("dots and dots", ".".repeat(16_000), RejectCode.MALFORMED),
                new Attack(
                        "kid is a number", SIGNER.raw(HEADER.replace("\"k1\"", "1"), payload), RejectCode.UNKNOWN_KEY),
                new Attack(
                        "kid is null", SIGNER.raw(HEADER.replace("\"k1\"", "null"), payload), RejectCode.UNKNOWN_KEY),
                new Attack(
                        "kid is a path",
                        SIGNER.raw(HEADER.replace("\"k1\"", "\"../../dev/null\""), payload),
                        RejectCode.UNKNOWN_KEY),
                new Attack(
                        "kid is a query",
                        SIGNER.raw(HEADER.replace("\"k1\"", "\"k1' or '1'='1\""), payload),
                        RejectCode.UNKNOWN_KEY),
                new Attack(
                        "kid in capitals",
                        SIGNER.raw(HEADER.replace("\"k1\"", "\"K1\""), payload),
                        RejectCode.UNKNOWN_KEY),
                new Attack(
                        "kid with a space",
                        SIGNER.raw(HEADER.replace("\"k1\"", "\"k1 \""), payload),
                        RejectCode.UNKNOWN_KEY),
                new Attack(
                        "typ in capitals",
                        SIGNER.raw(
                                HEADER.replace(Wire.MANIFEST_TYP, Wire.MANIFEST_TYP.toUpperCase(Locale.ROOT)), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "typ as a media type",
                        SIGNER.raw(HEADER.replace(Wire.MANIFEST_TYP, "application/" + Wire.MANIFEST_TYP), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack("alg Ed25519", SIGNER.raw(header("Ed25519", ""), payload), RejectCode.WRONG_ALGORITHM),
                new Attack("alg ES256", SIGNER.raw(header("ES256", ""), payload), RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "alg null",
                        SIGNER.raw(HEADER.replace("\"EdDSA\"", "null"), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "alg with a NUL",
                        SIGNER.raw(HEADER.replace("EdDSA", "EdDSA\\u0000"), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "a key behind an address in the header",
                        new Signer("k1")
                                .raw(
                                        header(
                                                "EdDSA",
                                                ",\"jku\":\"https://evil.example/keys\",\"x5u\":\"https://evil.example/c\",\"x5c\":[\"AA\"]"),
                                        payload),
                        RejectCode.BAD_SIGNATURE),
                new Attack("payload empty", SIGNER.raw(HEADER, " "), RejectCode.MALFORMED),
                new Attack("payload is null", SIGNER.raw(HEADER, "null"), RejectCode.MALFORMED),
                new Attack("payload is a list", SIGNER.raw(HEADER, "[" + payload + "]"), RejectCode.MALFORMED),
                new Attack(
                        "a generation beyond all numbers",
                        SIGNER.raw(HEADER, payload.replace("\"gen\":7", "\"gen\":9223372036854775808")),
                        RejectCode.MALFORMED),
                new Attack(
                        "a negative epoch",
                        SIGNER.raw(HEADER, payload.replace("\"epoch\":1", "\"epoch\":-1")),
                        RejectCode.MALFORMED),
                new Attack(
                        "NaN", SIGNER.raw(HEADER, payload.replace("\"gen\":7", "\"gen\":NaN")), RejectCode.MALFORMED),
                new Attack(
                        "a comment", SIGNER.raw(HEADER, payload.replace("{\"v\"", "{/**/\"v\"")), RejectCode.MALFORMED),
                new Attack("alg none", unsigned("none", payload) + "AA", RejectCode.WRONG_ALGORITHM),
                new Attack("alg None", unsigned("None", payload) + "AA", RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "alg HS256 by public key",
                        unsigned("HS256", payload) + SIGNER.verificationKey().publicKey(),
                        RejectCode.WRONG_ALGORITHM),
                new Attack("alg eddsa", SIGNER.raw(header("eddsa", ""), payload), RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "alg a list",
                        SIGNER.raw(HEADER.replace("\"EdDSA\"", "[\"EdDSA\"]"), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "no typ",
                        SIGNER.raw("{\"alg\":\"EdDSA\",\"kid\":\"k1\"}", payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "a document as a manifest",
                        SIGNER.sign(DocumentRef.typ(DocumentRef.HOURS), payload),
                        RejectCode.WRONG_ALGORITHM),
                new Attack(
                        "no kid", SIGNER.raw(HEADER.replace("\"kid\"", "\"kids\""), payload), RejectCode.UNKNOWN_KEY),
                new Attack("unknown kid", stranger.sign(Wire.MANIFEST_TYP, payload), RejectCode.UNKNOWN_KEY),
                new Attack(
                        "its own key in the header",
                        stranger.raw(
                                header("EdDSA", ",\"jwk\":{\"kty\":\"OKP\"}").replace("k1", "k9"), payload),
                        RejectCode.UNKNOWN_KEY),
                new Attack(
                        "other key, same kid",
                        new Signer("k1").sign(Wire.MANIFEST_TYP, payload),
                        RejectCode.BAD_SIGNATURE),
                new Attack("short signature", input + "AAAA", RejectCode.BAD_SIGNATURE),
                new Attack("no signature", input, RejectCode.BAD_SIGNATURE),
                new Attack(
                        "other payload, same signature",
                        parts[0] + "." + Signer.encode(payload(TID, 8)) + "." + parts[2],
                        RejectCode.BAD_SIGNATURE),
                new Attack(
                        "zero signature",
                        input + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]),
                        RejectCode.BAD_SIGNATURE),
                new Attack("payload is no JSON", SIGNER.raw(HEADER, "hours"), RejectCode.MALFORMED),
                new Attack("payload with a tail", SIGNER.raw(HEADER, payload + "{}"), RejectCode.MALFORMED),
                new Attack(
                        "doubled tid",
                        SIGNER.raw(HEADER, payload.replace("{\"v\"", "{\"tid\":\"" + OTHER + "\",\"v\"")),
                        RejectCode.MALFORMED),
                new Attack(
                        "deep nest",
                        SIGNER.raw(
                                HEADER,
                                payload.replace("{\"v\"", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",\"v\"")),
                        RejectCode.MALFORMED),
                new Attack(
                        "without a moment",
                        SIGNER.raw(HEADER, "{\"v\":1,\"tid\":\"" + TID + "\"}"),
                        RejectCode.MALFORMED),
                new Attack("generation nought", SIGNER.raw(HEADER, payload(TID, 0)), RejectCode.MALFORMED),
                new Attack("too large", SIGNER.raw(HEADER, payload + " ".repeat(20_000)), RejectCode.OVERSIZED),
                new Attack(
                        "later protocol",
                        SIGNER.raw(HEADER, payload.replace("\"v\":1", "\"v\":2")),
                        RejectCode.UNSUPPORTED_VERSION),
                new Attack("another terminal's", SIGNER.raw(HEADER, payload(OTHER, 7)), RejectCode.WRONG_TERMINAL));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedForTheRightReason(Attack attack) {
        assertRefused(verifier.manifest(bytes(attack.jws())), attack.code());
    }

    @Test
    void noSingleFlippedBitGetsThrough() {
        byte[] genuine = bytes(SIGNER.manifest(manifest(List.of())));
        for (int i = 0; i < genuine.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = genuine.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThat(verifier.manifest(flipped))
                        .as("byte %d bit %d", i, bit)
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        String later = payload(TID, 7).replace("{\"v\"", "{\"later\":1,\"v\"");
        assertThat(verifier.manifest(bytes(SIGNER.raw(HEADER, later)))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void documentsInsideTheManifestAreEnough() {
        List<DocumentRef> refs = List.of(
                SIGNER.inline(DocumentRef.HOURS, Samples.openAround(NOW)),
                SIGNER.inline(DocumentRef.CODES, Samples.codes()));
        assertThat(configuration(refs, Map.of())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aDocumentFromElsewhereIsTakenByItsDigestOnly() {
        String jws = SIGNER.document(DocumentRef.CODES, Samples.codes());
        DocumentRef ref = new DocumentRef(DocumentRef.CODES, Wire.digest(jws), jws.length(), null);
        assertThat(Verifier.missing(manifest(List.of(ref)), Map.of())).containsExactly(ref.digest());
        assertThat(Verifier.missing(manifest(List.of(ref)), Map.of(ref.digest(), jws)))
                .isEmpty();
        assertThat(configuration(List.of(ref), Map.of(ref.digest(), jws))).isInstanceOf(Verdict.Accepted.class);
        assertRefused(configuration(List.of(ref), Map.of()), RejectCode.DOCUMENT_MISSING);
        String other = SIGNER.document(DocumentRef.CODES, new CodesDocument(List.of()));
        assertRefused(configuration(List.of(ref), Map.of(ref.digest(), other)), RejectCode.DOCUMENT_DIGEST);
    }

    @Test
    void whatRunsAlreadyAndHasNotChangedIsNotNeededAgain() {
        DocumentRef codes = SIGNER.inline(DocumentRef.CODES, Samples.codes());
        Configuration running = accepted(List.of(codes), null);
        DocumentRef pinned = new DocumentRef(DocumentRef.CODES, codes.digest(), codes.size(), null);
        DocumentRef screen = SIGNER.inline(DocumentRef.SCREEN, Samples.screen());
        Configuration next = accepted(List.of(pinned, screen), running);
        assertThat(next.codes()).isSameAs(running.codes());
        assertThat(next.screen()).isEqualTo(Samples.screen());
        assertThat(next.documents()).containsOnlyKeys(codes.digest(), screen.digest());
    }

    @Test
    void whatRunsIsNoExcuseForAnotherKindAnotherSizeOrAnotherDigest() {
        DocumentRef codes = SIGNER.inline(DocumentRef.CODES, Samples.codes());
        Configuration running = accepted(List.of(codes), null);
        DocumentRef asHours = new DocumentRef(DocumentRef.HOURS, codes.digest(), codes.size(), codes.inline());
        assertRefused(configuration(List.of(asHours), Map.of(), running), RejectCode.WRONG_ALGORITHM);
        DocumentRef longer = new DocumentRef(DocumentRef.CODES, codes.digest(), codes.size() + 1, codes.inline());
        assertRefused(configuration(List.of(longer), Map.of(), running), RejectCode.DOCUMENT_DIGEST);
        DocumentRef strange = new Signer("k1").inline(DocumentRef.CODES, Samples.codes());
        assertRefused(configuration(List.of(strange), Map.of(), running), RejectCode.BAD_SIGNATURE);
        DocumentRef gone = SIGNER.inline(DocumentRef.SCREEN, Samples.screen());
        assertThat(accepted(List.of(gone), running).codes()).isNull();
    }

    @Test
    void aDocumentOfAnotherKindDoesNotPass() {
        String codes = SIGNER.document(DocumentRef.CODES, Samples.codes());
        DocumentRef ref = new DocumentRef(DocumentRef.HOURS, Wire.digest(codes), codes.length(), codes);
        assertRefused(configuration(List.of(ref), Map.of()), RejectCode.WRONG_ALGORITHM);
    }

    @Test
    void aDocumentSignedByAStrangerDoesNotPassThoughTheManifestPinsIt() {
        DocumentRef ref = new Signer("k1").inline(DocumentRef.CODES, Samples.codes());
        assertRefused(configuration(List.of(ref), Map.of()), RejectCode.BAD_SIGNATURE);
    }

    @Test
    void documentsThatMakeNoSenseAreRefused() {
        DocumentRef noHours = SIGNER.inline(DocumentRef.HOURS, Samples.hours(NOW, List.of()));
        DocumentRef noAddress = SIGNER.inline(
                DocumentRef.CODES,
                new CodesDocument(List.of(new CodesDocument.Code("1", "javascript:alert(1)", "x", "STORE"))));
        assertRefused(configuration(List.of(noHours), Map.of()), RejectCode.DOCUMENT_INVALID);
        String nothing = SIGNER.sign(DocumentRef.typ(DocumentRef.HOURS), "null");
        DocumentRef isNull = new DocumentRef(DocumentRef.HOURS, Wire.digest(nothing), nothing.length(), nothing);
        assertRefused(configuration(List.of(isNull), Map.of()), RejectCode.DOCUMENT_INVALID);
        assertRefused(configuration(List.of(noAddress), Map.of()), RejectCode.DOCUMENT_INVALID);
    }

    @Test
    void aKindOfALaterVersionIsIgnored() {
        assertThat(configuration(List.of(new DocumentRef("maintenance", "x", 1, null)), Map.of()))
                .isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict<Configuration> configuration(List<DocumentRef> refs, Map<String, String> atHand) {
        return configuration(refs, atHand, null);
    }

    private Verdict<Configuration> configuration(
            List<DocumentRef> refs, Map<String, String> atHand, @Nullable Configuration running) {
        Manifest manifest = manifest(refs);
        return verifier.configuration(manifest, SIGNER.manifest(manifest), atHand, running);
    }

    private Configuration accepted(List<DocumentRef> refs, @Nullable Configuration running) {
        return ((Verdict.Accepted<Configuration>) configuration(refs, Map.of(), running)).value();
    }

    private static void assertRefused(Verdict<?> verdict, RejectCode code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Manifest manifest(List<DocumentRef> refs) {
        return new Manifest(1, TID, 1, 7, NOW, NOW.plusSeconds(600), refs, 0);
    }

    private static String payload(String tid, long gen) {
        return "{\"v\":1,\"tid\":\"" + tid + "\",\"epoch\":1,\"gen\":" + gen + ",\"issuedAt\":\"" + NOW
                + "\",\"leaseUntil\":\"" + NOW.plusSeconds(600) + "\",\"documents\":[],\"reconnectSpreadMillis\":0}";
    }

    private static String header(String alg, String more) {
        return "{\"alg\":\"" + alg + "\",\"kid\":\"k1\",\"typ\":\"" + Wire.MANIFEST_TYP + "\"" + more + "}";
    }

    private static String unsigned(String alg, String payload) {
        return Signer.encode(header(alg, "")) + "." + Signer.encode(payload) + ".";
    }

    /** The same 64 bytes to a lenient decoder: the last letter carries four bits too many, which must be zero. */
    private static String respelt(String signature) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = letters.indexOf(signature.charAt(signature.length() - 1));
        return signature.substring(0, signature.length() - 1) + letters.charAt(last ^ 1);
    }

    private static byte[] bytes(String jws) {
        return jws.getBytes(StandardCharsets.ISO_8859_1);
    }
}
