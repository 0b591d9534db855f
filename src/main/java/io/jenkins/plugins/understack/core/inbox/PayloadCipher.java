package io.jenkins.plugins.understack.core.inbox;

/** Encrypts what is kept of events with secret fields. Thread-safe. */
public interface PayloadCipher {
    String encrypt(String text);

    /** @throws IllegalArgumentException where {@code text} was not made by {@link #encrypt} with the same key */
    String decrypt(String text);
}
