package dev.zhanggui.portal.shared;

/** There is no such thing for this person: it does not exist, or it belongs to somebody else. Both read the same outside. */
public class NotFoundException extends RuntimeException {

    /** @param subject what was looked for, with ids and without personal data */
    public NotFoundException(String subject) {
        super("not found: " + subject);
    }
}
