package io.jenkins.plugins.understack.workbench.cps;

/** A workflow or step ended with an error that its author foresaw; the message alone says what to do. */
public final class WorkflowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkflowFailure(String message) {
        super(message);
    }

    public WorkflowFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
