package io.jenkins.plugins.understack.core.redfish.update;

import io.jenkins.plugins.understack.core.redfish.RedfishException;

/** The update has failed for good; the message says in which phase and why. */
public final class UpdateFailedException extends RedfishException {
    private static final long serialVersionUID = 1L;

    UpdateFailedException(String message) {
        super(message);
    }
}
