package dev.zhanggui.terminal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Signer;
import dev.zhanggui.wire.Ed25519Corpus;
import dev.zhanggui.wire.Openssl;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final String INPUT =
            Signer.encode("{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"typ\":\"" + Wire.MANIFEST_TYP + "\"}") + "."
                    + Signer.encode("{}");

    @TempDir
    Path folder;

    @Test
    void atTheEdgesOfEd25519OnlyWhatTheRfcAllowsIsAccepted() {
        byte[] message = INPUT.getBytes(StandardCharsets.US_ASCII);
        List<Ed25519Corpus.Case> cases = Ed25519Corpus.cases(key -> message);
        assertThat(cases).hasSizeGreaterThan(900);
        assertThat(cases)
                .allSatisfy(it -> assertThat(accepts(it.publicKey(), it.signature()))
                        .as(it.name())
                        .isEqualTo(it.valid()));
    }

    @Test
    void whatOpensslSignsIsAccepted() throws Exception {
        Openssl openssl = new Openssl(folder);
        byte[] key = openssl.newKey();
        byte[] message = INPUT.getBytes(StandardCharsets.US_ASCII);
        assertThat(accepts(key, openssl.sign(message))).isTrue();
        assertThat(accepts(key, openssl.sign((INPUT + " ").getBytes(StandardCharsets.US_ASCII))))
                .isFalse();
    }

    @Test
    void opensslAcceptsWhatATerminalSigns() throws Exception {
        Openssl openssl = new Openssl(folder);
        Provision.Request request = DeviceKey.make(new SecureRandom())
                .sign(Provision.Request.ANNOUNCE, "ZG-1", "KIOSK", "a csr", new SecureRandom());
        byte[] key = Base64.getUrlDecoder().decode(request.publicKey());
        byte[] signature = Base64.getUrlDecoder().decode(request.signature());
        assertThat(openssl.verifies(key, bytes(request.signingInput(Provision.Request.ANNOUNCE)), signature))
                .isTrue();
        assertThat(openssl.verifies(key, bytes(request.signingInput(Provision.Request.POLL)), signature))
                .isFalse();
    }

    private static boolean accepts(byte[] key, byte[] signature) {
        try {
            Signatures signatures = new Signatures(List.of(new VerificationKey("k1", BASE64URL.encodeToString(key))));
            String jws = INPUT + "." + BASE64URL.encodeToString(signature);
            return signatures.check(bytes(jws), Wire.MANIFEST_TYP, Wire.MAX_MANIFEST_BYTES)
                    instanceof Verdict.Accepted<byte[]>;
        } catch (IllegalArgumentException e) {
            return false; // no such key
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
