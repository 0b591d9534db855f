package io.jenkins.plugins.understack.workbench.command;

/** The command could not do what it was asked, and says so on one line. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailedException failed(String message) {
        return new CommandFailedException(1, message);
    }

    /** Wrong usage or configuration. */
    static CommandFailedException wrong(String message) {
        return new CommandFailedException(2, message);
    }

    int exitCode() {
        return exitCode;
    }
}
