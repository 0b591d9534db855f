package io.jenkins.plugins.understack.kubernetes;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/** Masks values in a log, as the Credentials Binding plugin does. While the block runs the pattern is saved with it, encrypted. */
final class MaskedValues extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Secret pattern;

    MaskedValues(SecretData data) {
        pattern = Secret.fromString(SecretPatterns.getAggregateSecretPattern(data.values().values()).pattern());
    }

    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        Pattern masked = Pattern.compile(pattern.getPlainText());
        return new SecretPatterns.MaskingOutputStream(logger, () -> masked, StandardCharsets.UTF_8.name());
    }
}
