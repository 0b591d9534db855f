package io.jenkins.plugins.understack.core.obm;

/** No log-in could be found for a BMC. The message says for which device and what to do; never a value. */
public final class ObmCredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    public ObmCredentialException(String message) {
        this(message, false);
    }

    /** @param passing it may be otherwise later without anybody doing something, as where a server does not answer */
    public ObmCredentialException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** False for a definite answer: no such device, no credential, not allowed. */
    public boolean isPassing() {
        return passing;
    }
}
