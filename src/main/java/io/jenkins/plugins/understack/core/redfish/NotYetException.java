package io.jenkins.plugins.understack.core.redfish;

import java.time.Instant;

/**
 * Not now: the BMC is starting (status 503), or the next log-in would lock it. What was asked for can be begun anew at {@link
 * #notBefore}; nothing has been done that this would do twice.
 */
public final class NotYetException extends RedfishException {
    private static final long serialVersionUID = 1L;

    private final Instant notBefore;

    public NotYetException(String message, int status, Instant notBefore) {
        super(message, status);
        this.notBefore = notBefore;
    }

    public Instant notBefore() {
        return notBefore;
    }
}
