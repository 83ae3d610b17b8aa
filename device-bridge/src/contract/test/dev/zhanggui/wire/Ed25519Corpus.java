package dev.zhanggui.wire;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Signatures at the edges of Ed25519 (RFC 8032, 5.1.7), after the manner of Project Wycheproof, for every verifier that we have: what
 * a verifier accepts beyond these rules differs from implementation to implementation, and what differs can be played off.
 */
public final class Ed25519Corpus {

    /** @param valid whether a strict verifier accepts it */
    public record Case(String name, byte[] publicKey, byte[] message, byte[] signature, boolean valid) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Order of the base point. */
    private static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final byte[] SEED =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    /** Every encoding of the eight points of small order: canonical, with the sign of a zero x, and with y not reduced. */
    private static final List<String> SMALL_ORDER = List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    private Ed25519Corpus() {}

    /** @param messageFor what is signed, which may depend on the public key that signs it */
    public static List<Case> cases(UnaryOperator<byte[]> messageFor) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(SEED);
        byte[] publicKey = key.generatePublicKey().getEncoded();
        byte[] message = messageFor.apply(publicKey);
        byte[] genuine = sign(key, Ed25519.Algorithm.Ed25519, null, message);
        byte[] r = Arrays.copyOf(genuine, 32);
        BigInteger s = number(Arrays.copyOfRange(genuine, 32, 64));

        List<Case> cases = new ArrayList<>();
        cases.add(new Case("genuine", publicKey, message, genuine, true));
        for (int bit = 0; bit < genuine.length * 8; bit++) {
            cases.add(new Case(
                    "signature with bit " + bit + " flipped", publicKey, message, flipped(genuine, bit), false));
        }
        for (int bit = 0; bit < publicKey.length * 8; bit++) {
            cases.add(new Case("key with bit " + bit + " flipped", flipped(publicKey, bit), message, genuine, false));
        }
        for (int multiple = 1; multiple <= 15; multiple++) {
            BigInteger larger = s.add(L.multiply(BigInteger.valueOf(multiple)));
            if (larger.bitLength() <= 256) {
                cases.add(new Case("S + " + multiple + " L", publicKey, message, join(r, bytes(larger)), false));
            }
        }
        cases.add(new Case("S = L", publicKey, message, join(r, bytes(L)), false));
        cases.add(new Case("S = L - 1", publicKey, message, join(r, bytes(L.subtract(BigInteger.ONE))), false));
        cases.add(new Case("S = 0", publicKey, message, join(r, new byte[32]), false));
        cases.add(new Case("S of ones", publicKey, message, join(r, filled(0xff)), false));
        cases.add(new Case("-S", publicKey, message, join(r, bytes(L.subtract(s))), false));
        cases.add(new Case("all zero", publicKey, message, new byte[64], false));
        cases.add(new Case("all ones", publicKey, message, join(filled(0xff), filled(0xff)), false));
        cases.add(new Case("R and S swapped", publicKey, message, join(bytes(s), r), false));
        for (int length : new int[] {0, 1, 32, 63, 65, 96, 128}) {
            cases.add(new Case(
                    "signature of " + length + " bytes", publicKey, message, Arrays.copyOf(genuine, length), false));
        }
        for (int length : new int[] {0, 31, 33, 64}) {
            cases.add(
                    new Case("key of " + length + " bytes", Arrays.copyOf(publicKey, length), message, genuine, false));
        }
        cases.add(new Case(
                "prehashed (Ed25519ph)",
                publicKey,
                message,
                sign(key, Ed25519.Algorithm.Ed25519ph, new byte[0], sha512(message)),
                false));
        cases.add(new Case(
                "with a context (Ed25519ctx)",
                publicKey,
                message,
                sign(key, Ed25519.Algorithm.Ed25519ctx, new byte[] {1}, message),
                false));
        cases.add(new Case(
                "of another key",
                publicKey,
                message,
                sign(
                        new Ed25519PrivateKeyParameters(digest("SHA-256", SEED)),
                        Ed25519.Algorithm.Ed25519,
                        null,
                        message),
                false));
        smallOrder(cases, messageFor);
        unreduced(cases, publicKey, message);
        mixedOrder(cases, publicKey, messageFor);
        return cases;
    }

    /** With such a key, R of small order and S = 0 is a signature of every message or of every eighth one. */
    private static void smallOrder(List<Case> cases, UnaryOperator<byte[]> messageFor) {
        for (String encoded : SMALL_ORDER) {
            byte[] key = HexFormat.of().parseHex(encoded);
            byte[] message = messageFor.apply(key);
            for (String r : SMALL_ORDER) {
                cases.add(new Case(
                        "key " + encoded.substring(0, 8) + "…" + encoded.substring(62) + ", R " + r.substring(0, 8)
                                + "…" + r.substring(62),
                        key,
                        message,
                        join(HexFormat.of().parseHex(r), new byte[32]),
                        false));
            }
        }
    }

    /** Who holds the key can sign with R = neutral element; written with y + p it must not pass for a second signature. */
    private static void unreduced(List<Case> cases, byte[] publicKey, byte[] message) {
        BigInteger a = scalar(SEED);
        for (BigInteger y : List.of(P.add(BigInteger.ONE), BigInteger.ONE.setBit(255))) {
            byte[] r = bytes(y);
            BigInteger k = number(sha512(join(join(r, publicKey), message)));
            cases.add(new Case(
                    "R is " + y.toString(16),
                    publicKey,
                    message,
                    join(r, bytes(k.multiply(a).mod(L))),
                    false));
        }
    }

    /** A key plus a point of order eight: verifiers that multiply by the cofactor and those that do not disagree about it. */
    private static void mixedOrder(List<Case> cases, byte[] publicKey, UnaryOperator<byte[]> messageFor) {
        byte[] key = Point.of(publicKey)
                .plus(Point.of(HexFormat.of().parseHex(SMALL_ORDER.get(6))))
                .encoded();
        byte[] message = messageFor.apply(key);
        BigInteger a = scalar(SEED);
        for (byte seed = 0; ; seed++) {
            byte[] nonce = digest("SHA-256", new byte[] {seed});
            byte[] r =
                    new Ed25519PrivateKeyParameters(nonce).generatePublicKey().getEncoded();
            BigInteger k = number(sha512(join(join(r, key), message))).mod(L);
            if (k.mod(BigInteger.valueOf(8)).signum() == 0) {
                BigInteger s = scalar(nonce).add(k.multiply(a)).mod(L);
                cases.add(new Case("key of mixed order", key, message, join(r, bytes(s)), false));
                return;
            }
        }
    }

    private static BigInteger scalar(byte[] seed) {
        byte[] secret = Arrays.copyOf(sha512(seed), 32);
        secret[0] &= (byte) 0xf8;
        secret[31] &= 0x7f;
        secret[31] |= 0x40;
        return number(secret);
    }

    /** RFC 8032, 5.1.3 and 5.1.4, in plain numbers. */
    private record Point(BigInteger x, BigInteger y) {

        private static final BigInteger D = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(P))
                .mod(P);
        private static final BigInteger ROOT_OF_MINUS_ONE =
                BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

        static Point of(byte[] encoded) {
            BigInteger y = number(encoded).clearBit(255);
            BigInteger yy = y.multiply(y);
            BigInteger xx = yy.subtract(BigInteger.ONE)
                    .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
                    .mod(P);
            BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
            if (!x.multiply(x).mod(P).equals(xx)) {
                x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
            }
            return new Point(x.testBit(0) == number(encoded).testBit(255) ? x : P.subtract(x), y);
        }

        Point plus(Point other) {
            BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            return new Point(
                    x.multiply(other.y)
                            .add(other.x.multiply(y))
                            .multiply(BigInteger.ONE.add(product).modInverse(P))
                            .mod(P),
                    y.multiply(other.y)
                            .add(x.multiply(other.x))
                            .multiply(BigInteger.ONE.subtract(product).modInverse(P))
                            .mod(P));
        }

        byte[] encoded() {
            return bytes(x.testBit(0) ? y.setBit(255) : y);
        }
    }

    private static byte[] sign(
            Ed25519PrivateKeyParameters key, int algorithm, byte @Nullable [] context, byte[] message) {
        byte[] signature = new byte[64];
        key.sign(algorithm, context, message, 0, message.length, signature, 0);
        return signature;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        return other;
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Little-endian. */
    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] bytes(BigInteger number) {
        byte[] big = number.toByteArray();
        int sign = big.length > 32 ? big.length - 32 : 0;
        return Arrays.copyOf(reversed(Arrays.copyOfRange(big, sign, big.length)), 32);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    private static byte[] sha512(byte[] bytes) {
        return digest("SHA-512", bytes);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
