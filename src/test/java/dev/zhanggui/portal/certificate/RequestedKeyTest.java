package dev.zhanggui.portal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.support.Csrs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestedKeyTest {

    private static final String ALGORITHM = "SHA256withECDSA";

    @TempDir
    Path folder;

    @Test
    void the_key_is_read_and_named_by_its_digest() throws Exception {
        var pair = Csrs.p256();

        var key = RequestedKey.check(Csrs.of(pair)).orThrow();

        assertThat(key.digest())
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(pair.getPublic().getEncoded()));
        assertThat(RequestedKey.check(Csrs.fresh()).orThrow().digest()).isNotEqualTo(key.digest());
    }

    @Test
    void a_request_made_by_openssl_is_read() throws Exception {
        var openssl = new Openssl(folder);
        var made = openssl.run(
                "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=x -outform DER -out csr.der"
                        .split(" "));
        assertThat(made.status()).as(made.output()).isZero();

        var text = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("csr.der")));

        assertThat(RequestedKey.check(text).isValid()).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_request_is_refused_for_its_reason(String name, String text, String reason) {
        assertThat(RequestedKey.check(text)).as(name).isEqualTo(new Checked.Invalid<>(reason));
    }

    static Stream<Arguments> what_is_no_request_is_refused_for_its_reason() throws Exception {
        var pair = Csrs.p256();
        var other = Csrs.p256();
        byte[] good = Csrs.der(pair, ALGORITHM);
        var text = Base64.getEncoder().encodeToString(good);
        var info = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        byte[] point = info.getPublicKeyData().getBytes();
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        var ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] notOnCurve = point.clone();
        notOnCurve[64] ^= 1;
        byte[] beyondField = point.clone();
        Arrays.fill(beyondField, 1, 33, (byte) 0xff);
        byte[] compressed = Arrays.copyOf(point, 33);
        compressed[0] = (byte) (2 + (point[64] & 1));
        byte[] hybrid = point.clone();
        hybrid[0] = (byte) (6 + (point[64] & 1));
        byte[] brokenSignature = good.clone();
        brokenSignature[good.length - 1] ^= 1;
        byte[] otherSubject = good.clone();
        int subject = new String(good, StandardCharsets.ISO_8859_1).indexOf("whatever");
        otherSubject[subject] ^= 1;
        // The outer length in its indefinite form: BER that means the same, and other bytes.
        int header = (good[1] & 0x80) == 0 ? 2 : 2 + (good[1] & 0x7f);
        byte[] indefinite = new byte[2 + good.length - header + 2];
        indefinite[0] = 0x30;
        indefinite[1] = (byte) 0x80;
        System.arraycopy(good, header, indefinite, 2, good.length - header);
        byte[] nested = new byte[1_400];
        for (int i = 0; i + 1 < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        var random = new byte[300];
        new Random(1).nextBytes(random);
        return Stream.of(
                arguments("nothing", "", "length"),
                arguments("too long", "A".repeat(RequestedKey.LONGEST + 1), "length"),
                arguments("long and empty", "A".repeat(RequestedKey.LONGEST), "form"),
                arguments("PEM", "-----BEGIN CERTIFICATE REQUEST-----\n" + text, "base64"),
                arguments("a line break", text.substring(0, 64) + "\n" + text.substring(64), "base64"),
                arguments("the alphabet of URLs", "__" + text.substring(2), "base64"),
                arguments(
                        "without padding",
                        Base64.getEncoder().withoutPadding().encodeToString(new byte[] {1}),
                        "base64"),
                arguments("bits beside the bytes", "MB==", "base64"),
                arguments("letters", "掌柜掌柜", "base64"),
                arguments("random bytes", base64(random), "form"),
                arguments("cut off", base64(Arrays.copyOf(good, good.length - 1)), "form"),
                arguments("a byte more", base64(Arrays.copyOf(good, good.length + 1)), "form"),
                arguments("indefinite length", base64(indefinite), "form"),
                arguments("nested deeply", base64(nested), "form"),
                arguments("an empty sequence", base64(new DERSequence().getEncoded()), "form"),
                arguments("a bare key", base64(pair.getPublic().getEncoded()), "form"),
                arguments("P-384", base64(Csrs.der(Csrs.ec("secp384r1"), ALGORITHM)), "key"),
                arguments("RSA", base64(Csrs.der(rsa.generateKeyPair(), "SHA256withRSA")), "key"),
                arguments("Ed25519", base64(Csrs.der(ed25519, "Ed25519")), "key"),
                arguments("compressed", said(P256.KEY, compressed, pair), "key"),
                arguments("hybrid", said(P256.KEY, hybrid, pair), "key"),
                arguments("the point at infinity", said(P256.KEY, new byte[1], pair), "key"),
                arguments("sixty-five zeroes", said(P256.KEY, new byte[65], pair), "key"),
                arguments("not on the curve", said(P256.KEY, notOnCurve, pair), "key"),
                arguments("beyond the field", said(P256.KEY, beyondField, pair), "key"),
                arguments("a point and more", said(P256.KEY, Arrays.copyOf(point, 66), pair), "key"),
                arguments(
                        "curve in full",
                        said(
                                new AlgorithmIdentifier(
                                        X9ObjectIdentifiers.id_ecPublicKey, SECNamedCurves.getByName("secp256r1")),
                                point,
                                pair),
                        "key"),
                arguments(
                        "another curve's name",
                        said(
                                new AlgorithmIdentifier(
                                        X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256k1),
                                point,
                                pair),
                        "key"),
                arguments(
                        "no curve",
                        said(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey), point, pair),
                        "key"),
                arguments("another one's signature", base64(Csrs.der(info, other, ALGORITHM)), "signature"),
                arguments("SHA-384", base64(Csrs.der(pair, "SHA384withECDSA")), "signature"),
                arguments("SHA-1", base64(Csrs.der(pair, "SHA1withECDSA")), "signature"),
                arguments("a broken signature", base64(brokenSignature), "signature"),
                arguments("another subject than was signed", base64(otherSubject), "signature"));
    }

    @Test
    void no_single_bit_may_differ() {
        byte[] good = Csrs.der(Csrs.p256(), ALGORITHM);
        var reasons = new HashSet<String>();
        for (int bit = 0; bit < good.length * 8; bit++) {
            var broken = new BigInteger(1, good).flipBit(bit).toByteArray();
            var text = base64(broken.length > good.length ? Arrays.copyOfRange(broken, 1, broken.length) : broken);
            switch (RequestedKey.check(text)) {
                case Checked.Valid<RequestedKey> it -> throw new AssertionError("bit " + bit);
                case Checked.Invalid<RequestedKey>(var reason) -> reasons.add(reason);
            }
        }
        assertThat(reasons).containsExactlyInAnyOrder("form", "key", "signature");
    }

    private static String said(AlgorithmIdentifier algorithm, byte[] point, KeyPair signer) {
        return base64(Csrs.der(new SubjectPublicKeyInfo(algorithm, point), signer, ALGORITHM));
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }
}
