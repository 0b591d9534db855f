package io.jenkins.plugins.understack.core.redfish;

/** Logs in to one BMC; where the password comes from and when it may be tried is its business. Thread-safe. */
@FunctionalInterface
public interface Sessions {
    /**
     * @return to be closed by whoever asked for it
     * @throws NotYetException where it must be tried later
     * @throws LoginUnavailableException where there is no password
     */
    RedfishSession open() throws RedfishException, InterruptedException;
}
