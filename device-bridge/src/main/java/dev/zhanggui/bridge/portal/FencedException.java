package dev.zhanggui.bridge.portal;

/** For the portal this bridge's life is over, such as after a long silence; after a hello the same call may be made again. */
public final class FencedException extends PortalUnavailableException {

    public FencedException() {
        super("the portal wants a new hello");
    }
}
