package io.jenkins.plugins.understack.core.redfish;

import io.jenkins.plugins.understack.core.http.HttpFailure;

/**
 * A BMC refused, failed or could not be reached. The message names the BMC, what was asked and what it answered; never what was
 * sent with it.
 */
public class RedfishException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean unanswered;
    private final boolean unreached;

    public RedfishException(String message) {
        super(message);
        status = 0;
        unanswered = false;
        unreached = false;
    }

    /** The BMC answered with a status of 300 or more. */
    RedfishException(String message, int status) {
        super(message);
        this.status = status;
        unanswered = false;
        unreached = false;
    }

    /** The BMC could not be reached or gave no whole answer. */
    RedfishException(String message, HttpFailure cause) {
        super(message, cause);
        status = 0;
        unanswered = true;
        unreached = cause.kind() == HttpFailure.Kind.NOT_CONNECTED || cause.kind() == HttpFailure.Kind.NOT_TRUSTED;
    }

    /** Of the BMC's answer; 0 where there is none or where it was no error. */
    public int status() {
        return status;
    }

    /** Whether there was no answer: a BMC that restarts does not listen for a while. */
    public boolean isUnanswered() {
        return unanswered;
    }

    /** Whether the BMC has never seen the request. */
    public boolean isUnreached() {
        return unreached;
    }
}
