package dev.zhanggui.portal.webhook;

/** What can be wrong with an {@link EndpointDraft}. */
public enum EndpointFault {
    URL_MISSING("url"),
    /** Longer than 500 characters. */
    URL_TOO_LONG("url"),
    /** No address of a host that can be POSTed to. */
    URL_UNREADABLE("url"),
    URL_NOT_HTTPS("url"),
    /** A user and password before the host would stand in logs: the signature proves who sends. */
    URL_WITH_USER("url"),
    /** An address inside a network: nothing is sent there. */
    URL_PRIVATE("url"),
    /** Longer than 100 characters. */
    DESCRIPTION_TOO_LONG("description"),
    EVENTS_MISSING("events");

    private final String path;

    EndpointFault(String path) {
        this.path = path;
    }

    /** The part of the draft that it is about. */
    public String path() {
        return path;
    }

    /** Without the part: {@code TOO_LONG}. */
    public String code() {
        return name().substring(path.length() + 1);
    }
}
