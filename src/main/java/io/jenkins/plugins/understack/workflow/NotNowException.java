package io.jenkins.plugins.understack.workflow;

/** What is asked of a workflow cannot be done in the state that it is in. Jenkins' command line has an exit code for the type above. */
final class NotNowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotNowException(String message) {
        super(message);
    }
}
