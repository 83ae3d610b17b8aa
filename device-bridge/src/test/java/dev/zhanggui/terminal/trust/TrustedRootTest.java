package dev.zhanggui.terminal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.RootSigner;
import dev.zhanggui.support.Signer;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustedRootTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2028-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final RootSigner a = new RootSigner("a");
    private final RootSigner b = new RootSigner("b");
    private final RootSigner c = new RootSigner("c");
    private final RootSigner d = new RootSigner("d");
    private final Signer old = new Signer("k1");
    private final Signer young = new Signer("k2");
    private final TrustedRoot first =
            accepted(TrustedRoot.first(signed(root(1, 2, List.of(a, b, c), List.of(old)), a, b)));

    @Test
    void theFirstNeedsItsOwnThreshold() {
        assertThat(first.version()).isOne();
        refused(TrustedRoot.first(signed(root(1, 2, List.of(a, b), List.of(old)), a)), RejectCode.BAD_SIGNATURE);
        refused(TrustedRoot.first(signed(root(1, 2, List.of(a, b), List.of(old)), a, a)), RejectCode.BAD_SIGNATURE);
        refused(TrustedRoot.first(signed(root(1, 2, List.of(a, b), List.of(old)), a, d)), RejectCode.BAD_SIGNATURE);
    }

    @Test
    void theNextNeedsTheThresholdOfBoth() {
        RootDocument next = root(2, 2, List.of(b, c, d), List.of(young));
        assertThat(accepted(first.next(signed(next, a, b, d))).version()).isEqualTo(2);
        assertThat(accepted(first.next(signed(next, b, c))).version()).isEqualTo(2);
        refused(first.next(signed(next, b, d)), RejectCode.BAD_SIGNATURE);
        refused(first.next(signed(next, a, c)), RejectCode.BAD_SIGNATURE);
        refused(first.next(signed(next)), RejectCode.BAD_SIGNATURE);
        refused(first.next(signed(root(2, 1, List.of(d), List.of(young)), d)), RejectCode.BAD_SIGNATURE);
    }

    @Test
    void itMovesOneByOneAndNeverBack() {
        TrustedRoot second = accepted(first.next(signed(root(2, 2, List.of(a, b, c), List.of(young)), a, b)));
        refused(second.next(first.signed()), RejectCode.ROLLBACK);
        refused(second.next(signed(root(2, 2, List.of(a, b, c), List.of(old)), a, b)), RejectCode.EQUIVOCATION);
        refused(first.next(signed(root(3, 2, List.of(a, b, c), List.of(old)), a, b)), RejectCode.DOCUMENT_MISSING);
        refused(second.next(second.signed()), RejectCode.ROLLBACK);
    }

    @Test
    void aSignatureUnderAnotherTextCountsForNothing() {
        SignedRoot genuine = signed(root(2, 2, List.of(a, b, c), List.of(young)), a, b);
        SignedRoot other = signed(root(2, 2, List.of(a, b, c), List.of(old)), a, b);
        refused(first.next(new SignedRoot(genuine.document(), other.signatures())), RejectCode.BAD_SIGNATURE);
        refused(first.next(new SignedRoot(genuine.document() + " ", genuine.signatures())), RejectCode.BAD_SIGNATURE);
        List<SignedRoot.Signature> swapped = List.of(
                new SignedRoot.Signature("b", genuine.signatures().getFirst().signature()),
                new SignedRoot.Signature("a", genuine.signatures().getLast().signature()));
        refused(first.next(new SignedRoot(genuine.document(), swapped)), RejectCode.BAD_SIGNATURE);
        refused(
                first.next(new SignedRoot(
                        genuine.document(),
                        List.of(
                                new SignedRoot.Signature("a", "A"),
                                genuine.signatures().getLast()))),
                RejectCode.BAD_SIGNATURE);
    }

    @Test
    void rootsThatMakeNoSenseAreRefusedWhoeverSigned() {
        refused(first.next(signed(root(2, 0, List.of(a, b), List.of(young)), a, b)), RejectCode.MALFORMED);
        refused(first.next(signed(root(2, 3, List.of(a, b), List.of(young)), a, b)), RejectCode.MALFORMED);
        refused(first.next(signed(root(2, 2, List.of(a, a), List.of(young)), a, b)), RejectCode.MALFORMED);
        refused(
                first.next(signed(
                        document(
                                2,
                                2,
                                List.of(
                                        a.key(),
                                        new VerificationKey("b", a.key().publicKey())),
                                List.of(young)),
                        a,
                        b)),
                RejectCode.MALFORMED);
        refused(
                first.next(signed(
                        document(2, 1, List.of(a.key(), new VerificationKey("z", "A".repeat(43))), List.of(young)),
                        a,
                        b)),
                RejectCode.MALFORMED);
        refused(
                first.next(signed(root(2, 2, List.of(a, b), List.of(new Signer("k1"))), a, b)),
                RejectCode.MALFORMED); // a second key under an old name
        refused(first.next(new SignedRoot("{\"v\":1,\"v\":1}", List.of())), RejectCode.MALFORMED);
        refused(first.next(new SignedRoot("null", List.of())), RejectCode.MALFORMED);
        refused(first.next(new SignedRoot(" ".repeat(TrustedRoot.LONGEST + 1), List.of())), RejectCode.OVERSIZED);
        RootDocument good = root(2, 2, List.of(a, b), List.of(young));
        refused(
                first.next(signed(new RootDocument(2, 2, good.threshold(), good.roots(), good.signing()), a, b)),
                RejectCode.UNSUPPORTED_VERSION);
    }

    @Test
    void aSigningKeyIsRotatedAndTheWithdrawnOneRefused() {
        Verifier before = new Verifier(TID, first);
        assertThat(before.manifest(manifest(old, NOW))).isInstanceOf(Verdict.Accepted.class);
        refused(before.manifest(manifest(young, NOW)), RejectCode.UNKNOWN_KEY);

        TrustedRoot both = accepted(first.next(signed(root(2, 2, List.of(a, b, c), List.of(old, young)), a, b)));
        Verifier meanwhile = new Verifier(TID, both);
        assertThat(meanwhile.manifest(manifest(old, NOW))).isInstanceOf(Verdict.Accepted.class);
        assertThat(meanwhile.manifest(manifest(young, NOW))).isInstanceOf(Verdict.Accepted.class);

        TrustedRoot after = accepted(both.next(signed(root(3, 2, List.of(a, b, c), List.of(young)), a, b)));
        refused(new Verifier(TID, after).manifest(manifest(old, NOW)), RejectCode.UNKNOWN_KEY);
        assertThat(new Verifier(TID, after.ever()).manifest(manifest(old, NOW)))
                .as("what it has accepted it can still read")
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aKeySignsForItsTimeOnly() {
        Verifier verifier = new Verifier(TID, first);
        assertThat(verifier.manifest(manifest(old, FROM))).isInstanceOf(Verdict.Accepted.class);
        refused(verifier.manifest(manifest(old, FROM.minusMillis(1))), RejectCode.UNKNOWN_KEY);
        refused(verifier.manifest(manifest(old, UNTIL)), RejectCode.UNKNOWN_KEY);
    }

    @Test
    void ofAHundredRotationsTheMemoryKeepsTheLastKeysOnly() {
        TrustedRoot root = first;
        for (int i = 2; i <= 100; i++) {
            root = accepted(root.next(signed(root(i, 2, List.of(a, b), List.of(new Signer("s" + i))), a, b)));
        }
        assertThat(root.retired()).hasSize(64);
        assertThat(root.ever())
                .extracting(VerificationKey::kid)
                .doesNotHaveDuplicates()
                .contains("s100", "s99");
        assertThat(IntStream.of(1, 7, 100).mapToObj(SignedRoot::name)).containsExactly("root-1", "root-7", "root-100");
        assertThat(Stream.of(
                                "root-7",
                                "root-07",
                                "root--7",
                                "root-0",
                                "root-",
                                "roots-7",
                                "x",
                                "root-99999999999999999999")
                        .mapToLong(name -> SignedRoot.version(name).orElse(-1)))
                .containsExactly(7L, -1L, -1L, -1L, -1L, -1L, -1L, -1L);
    }

    private static byte[] manifest(Signer signer, Instant issuedAt) {
        return signer.manifest(new Manifest(Wire.VERSION, TID, 1, 1, issuedAt, issuedAt.plusSeconds(60), List.of(), 0))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static RootDocument root(long version, int threshold, List<RootSigner> roots, List<Signer> signing) {
        return document(version, threshold, roots.stream().map(RootSigner::key).toList(), signing);
    }

    private static RootDocument document(
            long version, int threshold, List<VerificationKey> roots, List<Signer> signing) {
        return RootSigner.document(
                version,
                threshold,
                roots,
                signing.stream().map(Signer::verificationKey).toList(),
                FROM,
                UNTIL);
    }

    private static SignedRoot signed(RootDocument document, RootSigner... signers) {
        return RootSigner.signed(document, signers);
    }

    private static TrustedRoot accepted(Verdict<TrustedRoot> verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted<TrustedRoot>) verdict).value();
    }

    private static void refused(Verdict<?> verdict, RejectCode code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
