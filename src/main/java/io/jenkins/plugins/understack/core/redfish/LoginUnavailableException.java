package io.jenkins.plugins.understack.core.redfish;

/** There is nothing to log in to the BMC with, and asking again would not change that. Nothing is known of the BMC itself. */
public final class LoginUnavailableException extends RedfishException {
    private static final long serialVersionUID = 1L;

    public LoginUnavailableException(String message) {
        super(message);
    }
}
