package dev.zhanggui.portal.shared;

/** The person may see the thing but not do this to it. */
public class NotAllowedException extends RuntimeException {

    /** @param what the right that is missing, such as "hours.change needs MANAGER" */
    public NotAllowedException(String what) {
        super("not allowed: " + what);
    }
}
