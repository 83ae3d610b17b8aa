package dev.zhanggui.portal.bridgelink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A portal that was given roots, over real HTTP. */
class RootsAtTheEdgeTest extends DatabaseTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    int port;

    @Autowired
    WireEncoding encoding;

    @Autowired
    VerificationKeys keys;

    @DynamicPropertySource
    static void roots(DynamicPropertyRegistry properties) throws Exception {
        var folder = Files.createDirectories(Path.of("target", "test-roots"));
        write(folder, 1);
        write(folder, 2);
        properties.add("zhanggui.signing.roots", folder::toString);
    }

    @Test
    void a_terminal_is_given_the_root_that_it_asks_for_by_name() throws Exception {
        var documents = documents("root-2", "root-3", "x");
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).path("digest").asString()).isEqualTo("root-2");
        var root = JSON.readValue(documents.get(0).path("jws").asString(), SignedRoot.class);
        assertThat(JSON.readValue(root.document(), RootDocument.class).signing())
                .extracting(RootDocument.Signing::kid)
                .containsExactly(keys.current().getFirst().keyId());
    }

    @Test
    void manifests_name_the_newest_root() {
        var payload = encoding.manifest(new WireEncoding.Manifest(
                "01J0000000000000000000NOBODY",
                new ConfigurationVersion(1, 1),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of()));
        assertThat(new String(payload.bytes(), StandardCharsets.UTF_8))
                .contains("\"documents\":[{\"kind\":\"root\",\"digest\":\"root-2\",\"size\":0}]");
    }

    private JsonNode documents(String... names) throws Exception {
        var body = JSON.writeValueAsString(new Link.DocumentsRequest("01J0000000000000000000NOBODY", List.of(names)));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bridge/v1/documents"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer test-bridge-token")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("documents");
    }

    /** Names the development key, which signs in tests. */
    private static void write(Path folder, long version) throws Exception {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var offline = new Ed25519PrivateKeyParameters(sha256("offline".getBytes(StandardCharsets.UTF_8)));
        var root = new VerificationKey(
                "offline", base64.encodeToString(offline.generatePublicKey().getEncoded()));
        var signing = new Ed25519PrivateKeyParameters(sha256(
                        "zhanggui development signing key, never for production".getBytes(StandardCharsets.UTF_8)))
                .generatePublicKey()
                .getEncoded();
        var document = new RootDocument(
                Wire.VERSION,
                version,
                1,
                List.of(root),
                List.of(new RootDocument.Signing(
                        "zg-" + HexFormat.of().formatHex(sha256(signing), 0, 6),
                        base64.encodeToString(signing),
                        Instant.EPOCH,
                        Instant.parse("2036-01-01T00:00:00Z"))));
        var bare = new SignedRoot(JSON.writeValueAsString(document), List.of());
        var input = bare.signingInput().getBytes(StandardCharsets.UTF_8);
        var signer = new Ed25519Signer();
        signer.init(true, offline);
        signer.update(input, 0, input.length);
        var signature = new SignedRoot.Signature("offline", base64.encodeToString(signer.generateSignature()));
        write(folder, version, new SignedRoot(bare.document(), List.of(signature)));
    }

    private static void write(Path folder, long version, SignedRoot root) throws IOException {
        Files.writeString(folder.resolve(version + ".json"), JSON.writeValueAsString(root));
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
