package io.jenkins.plugins.understack.workbench.inbox;

/** What was asked for cannot be done; the message says why on one line. */
public final class DeskException extends Exception {
    private static final long serialVersionUID = 1L;

    public DeskException(String message) {
        super(message);
    }
}
