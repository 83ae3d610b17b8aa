package dev.zhanggui.portal.configuration;

import java.util.List;

/** The keys by which terminals know our signature. */
public interface VerificationKeys {

    /** The key that signs now first. */
    List<VerificationKey> current();

    /** @param publicKey the 32 bytes of an Ed25519 public key */
    record VerificationKey(String keyId, byte[] publicKey) {}
}
