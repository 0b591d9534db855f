package io.jenkins.plugins.understack.core;

/** A credential does not exist, is of the wrong kind or cannot be read. */
public final class SecretUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(String id, String detail) {
        super("credential \"" + id + "\" " + detail);
    }
}
