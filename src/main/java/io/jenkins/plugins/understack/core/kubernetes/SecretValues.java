package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** What a Secret holds; shown as its name and keys. */
public final class SecretValues {
    private final String namespace;
    private final Secret secret;

    SecretValues(String namespace, Secret secret) {
        this.namespace = namespace;
        this.secret = secret;
    }

    /**
     * Without blanks and line ends around it: many a Secret was made from a file that ends with one.
     *
     * @throws KubernetesException naming Secret and key where it is missing, empty or no base64
     */
    public String text(String key) throws KubernetesException {
        Map<String, String> data = Objects.requireNonNullElse(secret.getData(), Map.of());
        String encoded = data.get(key);
        if (encoded == null) {
            throw wrong(key, "is missing; found " + data.keySet());
        }
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw wrong(key, "is empty");
            }
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(key, "is no base64");
        }
    }

    /** The keys {@code username} and {@code password}. */
    public UsernamePassword usernamePassword() throws KubernetesException {
        return new UsernamePassword(text("username"), text("password"));
    }

    private KubernetesException wrong(String key, String what) {
        return new KubernetesException("kubernetes: Secret \"" + secret.getMetadata().getName() + "\" in namespace \"" + namespace
                + "\": data." + key + " " + what);
    }

    @Override
    public String toString() {
        return "SecretValues[" + namespace + "/" + secret.getMetadata().getName() + "]";
    }
}
