package io.jenkins.plugins.understack.core;

import java.security.KeyStore;

/**
 * Where passwords, tokens and client certificates come from: Jenkins' credentials store, or the {@code credentials} part
 * of the workbench's file. Asked anew for each connection or request, so that a rotated secret is used at once.
 *
 * <p>Implementations are thread-safe. Every method fails with {@link SecretUnavailableException}, whose message names the
 * id and what is wrong with it, never a value.
 */
public interface Secrets {
    UsernamePassword usernamePassword(String id) throws SecretUnavailableException;

    String text(String id) throws SecretUnavailableException;

    ClientCertificate clientCertificate(String id) throws SecretUnavailableException;

    record UsernamePassword(String username, String password) {
        @Override
        public String toString() {
            return "UsernamePassword[username=" + username + "]";
        }
    }

    /** A key store with one private key and its chain; the password opens the key. */
    record ClientCertificate(KeyStore keyStore, char[] password) {
        @Override
        public String toString() {
            return "ClientCertificate[]";
        }
    }
}
