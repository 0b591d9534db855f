package io.jenkins.plugins.understack.core.nautobot;

/** A request to Nautobot failed. The message names method, path and cause; never the token. */
public final class NautobotException extends Exception {
    private static final long serialVersionUID = 1L;

    public NautobotException(String message) {
        super(message);
    }

    public NautobotException(String message, Throwable cause) {
        super(message, cause);
    }
}
