package io.jenkins.plugins.understack.core.event;

/** What a source received is no event: the message names the part, what was found and what was expected, not the payload. */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
