package io.jenkins.plugins.understack.core.obm;

/** No log-in could be found for a BMC. The message says for which device and what to do; never a value. */
public final class ObmCredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    public ObmCredentialException(String message) {
        super(message);
    }
}
