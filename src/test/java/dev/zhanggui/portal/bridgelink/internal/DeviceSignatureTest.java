package dev.zhanggui.portal.bridgelink.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.wire.Ed25519Corpus;
import dev.zhanggui.wire.Provision.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DeviceSignatureTest {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    @Test
    void at_the_edges_of_ed25519_only_what_the_rfc_allows_is_genuine() {
        var cases = Ed25519Corpus.cases(DeviceSignatureTest::message);
        assertThat(cases).hasSizeGreaterThan(900);
        assertThat(cases).allSatisfy(it -> {
            // The flipped keys of the corpus come with the message of the key that signed.
            var request = request(text(it.publicKey()), text(it.signature()));
            assertThat(DeviceSignature.isGenuine(request, Request.ANNOUNCE))
                    .as(it.name())
                    .isEqualTo(it.valid());
        });
    }

    @Test
    void a_signature_for_one_call_is_none_for_another() {
        var genuine = genuine();
        assertThat(DeviceSignature.isGenuine(genuine, Request.ANNOUNCE)).isTrue();
        assertThat(DeviceSignature.isGenuine(genuine, Request.POLL)).isFalse();
    }

    @Test
    void only_the_canonical_spelling_counts() {
        var genuine = genuine();
        var signature = genuine.signature();
        assertThat(DeviceSignature.isGenuine(request(genuine.publicKey(), signature + "=="), Request.ANNOUNCE))
                .isFalse();
        assertThat(DeviceSignature.isGenuine(request(genuine.publicKey(), signature + " "), Request.ANNOUNCE))
                .isFalse();
        assertThat(DeviceSignature.isGenuine(request(genuine.publicKey() + "=", signature), Request.ANNOUNCE))
                .isFalse();
        assertThat(DeviceSignature.isGenuine(request("", ""), Request.ANNOUNCE)).isFalse();
    }

    private static Request genuine() {
        var it = Ed25519Corpus.cases(DeviceSignatureTest::message).getFirst();
        return request(text(it.publicKey()), text(it.signature()));
    }

    private static byte[] message(byte[] key) {
        return request(text(key), "").signingInput(Request.ANNOUNCE).getBytes(StandardCharsets.UTF_8);
    }

    private static Request request(String key, String signature) {
        return new Request("ZG-1", "KIOSK", key, "bm9uY2Utb2YtMTYtYnl0ZQ", signature);
    }

    private static String text(byte[] bytes) {
        return BASE64URL.encodeToString(bytes);
    }
}
