package io.jenkins.plugins.understack.core.obm;

import java.util.Optional;

/** Where log-ins of BMCs come from. Thread-safe. */
@FunctionalInterface
public interface ObmSource {
    /**
     * @return empty where it has none for this device, so that the next rule is asked
     * @throws ObmCredentialException where it should have one and does not get it; no other rule is asked then
     */
    Optional<ObmCredential> find(ObmDevice device) throws ObmCredentialException, InterruptedException;
}
