package dev.zhanggui.portal.shared;

/** Somebody else changed the row since it was read; nothing was written. */
public class LostUpdateException extends RuntimeException {

    public LostUpdateException(String subject) {
        super("changed meanwhile: " + subject);
    }
}
