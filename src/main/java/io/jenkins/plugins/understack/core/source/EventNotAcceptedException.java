package io.jenkins.plugins.understack.core.source;

/** The event is fine but cannot be taken now, for example while Jenkins shuts down. The message says why, without payload. */
public class EventNotAcceptedException extends Exception {
    private static final long serialVersionUID = 1L;

    public EventNotAcceptedException(String message) {
        super(message);
    }

    public EventNotAcceptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
