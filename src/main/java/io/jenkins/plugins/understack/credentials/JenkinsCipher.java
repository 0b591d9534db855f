package io.jenkins.plugins.understack.credentials;

import hudson.util.Secret;
import io.jenkins.plugins.understack.core.inbox.PayloadCipher;

/** Encrypts with the key of this Jenkins, as it does the secrets of its configuration. */
public final class JenkinsCipher implements PayloadCipher {
    @Override
    public String encrypt(String text) {
        return Secret.fromString(text).getEncryptedValue();
    }

    @Override
    public String decrypt(String text) {
        Secret secret = Secret.decrypt(text);
        if (secret == null) {
            throw new IllegalArgumentException("was not encrypted with the key of this Jenkins");
        }
        return secret.getPlainText();
    }
}
