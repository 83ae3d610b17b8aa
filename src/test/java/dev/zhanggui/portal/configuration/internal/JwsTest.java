package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhanggui.portal.configuration.WireEncoding.Payload;
import dev.zhanggui.wire.Openssl;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own Ed25519 and openssl are the independent judges of what BouncyCastle signed. */
class JwsTest {

    /** RFC 8037, appendix A.1: its key, also test 1 of RFC 8032, 7.1. */
    private static final byte[] RFC_SEED =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private final SigningKey key = new SigningKey(Base64.getEncoder().encodeToString(RFC_SEED), false);

    @Test
    void the_public_key_is_the_one_in_the_rfc() {
        assertThat(HexFormat.of().formatHex(key.current().getFirst().publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void an_empty_message_has_the_signature_of_rfc_8032_test_1() {
        assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b");
    }

    @Test
    void the_signature_of_the_rfc_8037_example_comes_out_the_same() {
        var input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(ascii(input))))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    void the_jdk_verifies_what_we_sign_and_nothing_else() throws Exception {
        var jws = sign("{\"a\":\"营业中\"}").text();
        int dot = jws.lastIndexOf('.');
        var signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
        assertThat(verifies(jws.substring(0, dot), signature)).isTrue();
        assertThat(verifies(jws.substring(0, dot - 1) + "A", signature)).isFalse();
        signature[40] ^= 1;
        assertThat(verifies(jws.substring(0, dot), signature)).isFalse();
    }

    @Test
    void openssl_verifies_what_we_sign_and_nothing_else(@TempDir Path folder) throws Exception {
        var openssl = new Openssl(folder);
        var publicKey = key.current().getFirst().publicKey();
        var jws = sign("{\"a\":\"营业中\"}").text();
        int dot = jws.lastIndexOf('.');
        var signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
        assertThat(openssl.verifies(publicKey, ascii(jws.substring(0, dot)), signature))
                .isTrue();
        assertThat(openssl.verifies(publicKey, ascii(jws.substring(0, dot - 1) + "A"), signature))
                .isFalse();
        signature[3] ^= 1;
        assertThat(openssl.verifies(publicKey, ascii(jws.substring(0, dot)), signature))
                .isFalse();
    }

    @Test
    void the_header_pins_algorithm_key_and_kind() {
        var header =
                new String(Base64.getUrlDecoder().decode(sign("{}").text().split("\\.")[0]), StandardCharsets.UTF_8);
        assertThat(header).isEqualTo("{\"alg\":\"EdDSA\",\"kid\":\"" + key.keyId() + "\",\"typ\":\"zg-hours+jws\"}");
    }

    @Test
    void the_same_payload_has_the_same_digest_and_another_payload_another() {
        assertThat(sign("{\"a\":1}")).isEqualTo(sign("{\"a\":1}"));
        assertThat(sign("{\"a\":1}").digest())
                .hasSize(43)
                .isNotEqualTo(sign("{\"a\":2}").digest());
    }

    @Test
    void production_refuses_to_start_without_a_key_of_its_own() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SigningKey("", false))
                .withMessageContaining("ZHANGGUI_SIGNING_KEY is missing");
        var development = Base64.getEncoder().encodeToString(SigningKey.DEVELOPMENT_SEED);
        assertThatIllegalStateException().isThrownBy(() -> new SigningKey(development, false));
        assertThat(new SigningKey("", true).keyId()).isEqualTo(new SigningKey(development, true).keyId());
    }

    @Test
    void a_key_of_another_size_is_refused_without_being_quoted() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SigningKey("c2VjcmV0", false))
                .withMessage("ZHANGGUI_SIGNING_KEY is not the base64 text of 32 bytes");
        assertThatIllegalStateException()
                .isThrownBy(() -> new SigningKey("not base64!", false))
                .withMessage("ZHANGGUI_SIGNING_KEY is not the base64 text of 32 bytes");
    }

    private Jws sign(String payload) {
        return Jws.sign(key, new Payload("zg-hours+jws", payload.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean verifies(String input, byte[] signature) throws Exception {
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(jdkKey(key.current().getFirst().publicKey()));
        verifier.update(ascii(input));
        return verifier.verify(signature);
    }

    /** RFC 8032, 5.1.2: little-endian y, the top bit is the sign of x. */
    private static PublicKey jdkKey(byte[] encoded) throws Exception {
        var y = new byte[32];
        for (int i = 0; i < 32; i++) {
            y[i] = encoded[31 - i];
        }
        boolean xOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, y))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
