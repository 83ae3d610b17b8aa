package dev.zhanggui.portal.bridgelink.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class RootChainTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant UNTIL = Instant.parse("2036-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final Ed25519PrivateKeyParameters a = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final Ed25519PrivateKeyParameters b = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final Ed25519PrivateKeyParameters signing = new Ed25519PrivateKeyParameters(new SecureRandom());

    @Test
    void withoutAFolderThereAreNoRoots() {
        var none = new RootChain("", keys(), CLOCK);
        assertThat(none.newest()).isNull();
        assertThat(none.newestVersion()).isZero();
        assertThat(none.text("root-1")).isEmpty();
    }

    @Test
    void theChainIsGivenByNameAndTheNewestIsPinned() throws Exception {
        write(1, root(1, 2, "k1"), a, b);
        write(2, root(2, 2, "k1"), a, b);
        var chain = new RootChain(folder.toString(), keys(), CLOCK);
        assertThat(chain.newestVersion()).isEqualTo(2);
        assertThat(Objects.requireNonNull(chain.newest()).document()).contains("\"version\":2");
        assertThat(JSON.readValue(chain.text("root-1").orElseThrow(), SignedRoot.class)
                        .document())
                .contains("\"version\":1");
        assertThat(chain.named(List.of("root-2", "root-3", "x")))
                .containsExactly(
                        new SignedDocument("root-2", chain.text("root-2").orElseThrow()));
        var manifest = new ContractEncoding(chain)
                .manifest(new WireEncoding.Manifest(
                        "01J0000000000000000000NOBODY",
                        new ConfigurationVersion(1, 1),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        List.of()));
        assertThat(new String(manifest.bytes(), StandardCharsets.UTF_8))
                .contains("\"documents\":[{\"kind\":\"root\",\"digest\":\"root-2\",\"size\":0}]");
        assertThat(chain.text("root-3")).isEmpty();
        assertThat(chain.text("../1")).isEmpty();
    }

    @Test
    void whatTerminalsWouldRefuseKeepsThePortalFromStarting() throws Exception {
        refused("There is no root");
        write(1, root(1, 2, "k1"), a);
        refused("Too few of its own roots signed root 1");
        write(1, root(1, 2, "k1"), a, a);
        refused("Too few of its own roots signed root 1");
        write(1, root(2, 2, "k1"), a, b);
        refused("says that it is root 2");
        write(1, root(1, 2, "k9"), a, b);
        refused("does not name the signing key in use, k1");
        write(1, root(1, 2, "k1"), a, b);
        write(2, document(2, 1, "k1", List.of(new VerificationKey("b", half(b)))), b);
        refused("Too few roots of version 1 signed root 2");
        Files.writeString(folder.resolve("2.json"), "{\"document\":\"x\",\"document\":\"y\"}");
        refused("is not a signed root");
    }

    @Test
    void aRootThatNamesTheKeyInUseInAWrongWayKeepsThePortalFromStarting() throws Exception {
        var roots = List.of(new VerificationKey("a", half(a)), new VerificationKey("b", half(b)));
        write(1, document(1, 2, "k1", half(new Ed25519PrivateKeyParameters(new SecureRandom())), roots, UNTIL), a, b);
        refused("does not name the signing key in use, k1");
        write(1, document(1, 2, "k1", half(signing), roots, NOW), a, b);
        refused("until " + NOW + " only");
        write(1, document(1, 2, "k1", half(a), roots, UNTIL), a, b);
        refused("Root 1 makes no sense");
        write(1, document(1, 2, "k1", "A".repeat(43), roots, UNTIL), a, b);
        refused("Root 1 makes no sense");
        write(1, document(1, 3, "k1", half(signing), roots, UNTIL), a, b);
        refused("Root 1 makes no sense");
        write(1, document(1, 2, "k1", half(new Ed25519PrivateKeyParameters(new SecureRandom())), roots, UNTIL), a, b);
        write(2, document(2, 2, "k1", half(signing), roots, UNTIL), a, b);
        refused("Root 2 names a second key k1");
    }

    @Test
    void weeksBeforeTheKeyEndsItIsOverdue() throws Exception {
        write(1, root(1, 2, "k1"), a, b);
        var chain = new RootChain(folder.toString(), keys(), CLOCK);
        assertThat(chain.until()).contains(UNTIL);
        assertThat(chain.overdueDays(UNTIL.minus(Duration.ofDays(57)))).isZero();
        assertThat(chain.overdueDays(UNTIL.minus(Duration.ofDays(55)))).isEqualTo(1);
        assertThat(chain.overdueDays(UNTIL)).isEqualTo(56);
        assertThat(new RootChain("", keys(), CLOCK).overdueDays(UNTIL)).isZero();
    }

    private void refused(String words) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RootChain(folder.toString(), keys(), CLOCK))
                .withMessageContaining(words);
    }

    private VerificationKeys keys() {
        return () -> List.of(new VerificationKeys.VerificationKey(
                "k1", signing.generatePublicKey().getEncoded()));
    }

    private RootDocument root(long version, int threshold, String kid) {
        return document(
                version, threshold, kid, List.of(new VerificationKey("a", half(a)), new VerificationKey("b", half(b))));
    }

    private RootDocument document(long version, int threshold, String kid, List<VerificationKey> roots) {
        return document(version, threshold, kid, half(signing), roots, UNTIL);
    }

    private static RootDocument document(
            long version, int threshold, String kid, String publicKey, List<VerificationKey> roots, Instant until) {
        return new RootDocument(
                Wire.VERSION,
                version,
                threshold,
                roots,
                List.of(new RootDocument.Signing(kid, publicKey, Instant.EPOCH, until)));
    }

    private void write(int number, RootDocument document, Ed25519PrivateKeyParameters... signers) throws IOException {
        var bare = new SignedRoot(JSON.writeValueAsString(document), List.of());
        var input = bare.signingInput().getBytes(StandardCharsets.UTF_8);
        var signatures = new ArrayList<SignedRoot.Signature>();
        for (var key : signers) {
            var signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(input, 0, input.length);
            signatures.add(
                    new SignedRoot.Signature(key == a ? "a" : "b", ENCODER.encodeToString(signer.generateSignature())));
        }
        Files.writeString(
                folder.resolve(number + ".json"), JSON.writeValueAsString(new SignedRoot(bare.document(), signatures)));
    }

    private static String half(Ed25519PrivateKeyParameters key) {
        return ENCODER.encodeToString(key.generatePublicKey().getEncoded());
    }
}
