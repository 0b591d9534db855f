package io.jenkins.plugins.understack.workbench.replay;

/** The recorded events cannot be had. The message says why and what to do; it never holds the token. */
public final class ReplayException extends Exception {
    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
