package io.jenkins.plugins.understack.core.source;

/** The inbox is full or the source has too many starts in flight: the event may be offered again in a short while. */
public final class TooManyEventsException extends EventNotAcceptedException {
    private static final long serialVersionUID = 1L;

    public TooManyEventsException(String message) {
        super(message);
    }
}
