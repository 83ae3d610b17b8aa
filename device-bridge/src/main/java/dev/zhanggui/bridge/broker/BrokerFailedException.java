package dev.zhanggui.bridge.broker;

/** The broker cannot be used; the message says what to do. */
public final class BrokerFailedException extends RuntimeException {

    public BrokerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
