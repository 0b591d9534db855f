package io.jenkins.plugins.understack.workflow;

/** There is no such workflow, or it is hidden from who asks. */
final class NoSuchWorkflowException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NoSuchWorkflowException(String message) {
        super(message);
    }
}
