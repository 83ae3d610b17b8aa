package dev.zhanggui.portal.account.internal;

/** The environment is not fit to start; the message says in one line what to set. */
class WrongConfigurationException extends IllegalStateException {

    WrongConfigurationException(String message) {
        super(message);
    }
}
