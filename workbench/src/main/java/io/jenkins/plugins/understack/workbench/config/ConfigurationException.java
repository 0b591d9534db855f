package io.jenkins.plugins.understack.workbench.config;

/** The configuration cannot be used. The message is one line, {@code file:line: field: what was found, what was expected}. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
