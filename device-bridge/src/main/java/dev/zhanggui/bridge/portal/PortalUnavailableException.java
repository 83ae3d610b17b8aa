package dev.zhanggui.bridge.portal;

/** No usable answer from the portal; the same call may be made again. */
public class PortalUnavailableException extends Exception {

    public PortalUnavailableException(String message) {
        super(message);
    }

    public PortalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
