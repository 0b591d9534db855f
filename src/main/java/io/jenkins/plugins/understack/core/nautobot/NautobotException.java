package io.jenkins.plugins.understack.core.nautobot;

/** A request to Nautobot failed, or its answer is not what was looked for. The message says what was asked; never the token. */
public final class NautobotException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    public NautobotException(String message) {
        this(message, 0);
    }

    public NautobotException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    NautobotException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Of the answer that was no success; 0 where that is not the reason. */
    public int status() {
        return status;
    }
}
