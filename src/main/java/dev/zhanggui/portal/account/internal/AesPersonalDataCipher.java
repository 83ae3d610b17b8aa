package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.shared.PersonalDataCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * AES-256-GCM with the column's name as associated data, so that a value moved to another column does not decrypt. Stored as
 * {@code format (1) | key number (2) | nonce (12) | ciphertext and tag}. The blind index is HMAC-SHA256 under a key of its own per
 * column. A new key becomes current by being named first; old rows decrypt by their number until they are written again.
 */
final class AesPersonalDataCipher implements PersonalDataCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int HEADER = 1 + 2 + NONCE;
    private static final int TAG_BITS = 128;

    private final PortalKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Integer, SecretKey> dataKeys = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, SecretKey> indexKeys = new ConcurrentHashMap<>();

    AesPersonalDataCipher(PortalKeys keys) {
        this.keys = keys;
    }

    @Override
    public byte[] encrypt(String column, String plain) {
        return encryptBytes(column, plain.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String decrypt(String column, byte[] cipher) {
        return new String(decryptBytes(column, cipher), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encryptBytes(String column, byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var header = ByteBuffer.allocate(HEADER)
                .put(FORMAT)
                .putShort((short) keys.current())
                .put(nonce)
                .array();
        try {
            var aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, dataKey(keys.current()), new GCMParameterSpec(TAG_BITS, nonce));
            aes.updateAAD(column.getBytes(StandardCharsets.UTF_8));
            var sealed = aes.doFinal(plain);
            return ByteBuffer.allocate(HEADER + sealed.length)
                    .put(header)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot encrypt for " + column, e);
        }
    }

    @Override
    public byte[] decryptBytes(String column, byte[] cipher) {
        if (cipher.length < HEADER || cipher[0] != FORMAT) {
            throw new IllegalStateException("Not a sealed value in " + column);
        }
        int number = ByteBuffer.wrap(cipher, 1, 2).getShort() & 0xffff;
        try {
            var aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(Cipher.DECRYPT_MODE, dataKey(number), new GCMParameterSpec(TAG_BITS, cipher, 3, NONCE));
            aes.updateAAD(column.getBytes(StandardCharsets.UTF_8));
            return aes.doFinal(cipher, HEADER, cipher.length - HEADER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value in " + column + " does not decrypt", e);
        }
    }

    @Override
    public byte[] blindIndex(String column, String plain) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(indexKeys.computeIfAbsent(
                    column, name -> derive(keys.index(), "blind-index|" + name, "HmacSHA256")));
            return mac.doFinal(plain.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot index " + column, e);
        }
    }

    private SecretKey dataKey(int number) {
        return dataKeys.computeIfAbsent(number, n -> derive(keys.data(n), "personal-data|" + n, "AES"));
    }

    private static SecretKey derive(byte[] root, String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(root)
                                    .addSalt("zhanggui".getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
