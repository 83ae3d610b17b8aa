package dev.zhanggui.portal.shared;

/** Encrypts personal data for the database and makes it findable by equality. */
public interface PersonalDataCipher {

    /** @param column table and column, such as "account.phone": a value moved to another column does not decrypt */
    byte[] encrypt(String column, String plain);

    String decrypt(String column, byte[] cipher);

    /** The same for bytes, for uploaded documents. */
    byte[] encryptBytes(String column, byte[] plain);

    byte[] decryptBytes(String column, byte[] cipher);

    /** 32 bytes, equal for equal text in the same column, telling nothing without the index key. */
    byte[] blindIndex(String column, String plain);
}
