package dev.zhanggui.portal.bridgelink.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class RootChainTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    Path folder;

    private final Ed25519PrivateKeyParameters a = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final Ed25519PrivateKeyParameters b = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final Ed25519PrivateKeyParameters signing = new Ed25519PrivateKeyParameters(new SecureRandom());

    @Test
    void withoutAFolderThereAreNoRoots() {
        var none = new RootChain("", keys());
        assertThat(none.newest()).isNull();
        assertThat(none.newestVersion()).isZero();
        assertThat(none.text("root-1")).isEmpty();
    }

    @Test
    void theChainIsGivenByNameAndTheNewestIsPinned() throws Exception {
        write(1, root(1, 2, "k1"), a, b);
        write(2, root(2, 2, "k1"), a, b);
        var chain = new RootChain(folder.toString(), keys());
        assertThat(chain.newestVersion()).isEqualTo(2);
        assertThat(chain.newest().document()).contains("\"version\":2");
        assertThat(JSON.readValue(chain.text("root-1").orElseThrow(), SignedRoot.class)
                        .document())
                .contains("\"version\":1");
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

    private void refused(String words) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RootChain(folder.toString(), keys()))
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
        return new RootDocument(
                Wire.VERSION,
                version,
                threshold,
                roots,
                List.of(new RootDocument.Signing(
                        kid, half(signing), Instant.EPOCH, Instant.parse("2036-01-01T00:00:00Z"))));
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
