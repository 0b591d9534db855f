package io.jenkins.plugins.understack.core.broker;

import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets in memory. */
public final class MapSecrets implements Secrets {
    private final Map<String, UsernamePassword> logins = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, ClientCertificate> certificates = new ConcurrentHashMap<>();

    public MapSecrets with(String id, String username, String password) {
        logins.put(id, new UsernamePassword(username, password));
        return this;
    }

    public MapSecrets with(String id, ClientCertificate certificate) {
        certificates.put(id, certificate);
        return this;
    }

    public MapSecrets with(String id, String text) {
        texts.put(id, text);
        return this;
    }

    @Override
    public UsernamePassword usernamePassword(String id) throws SecretUnavailableException {
        return found(id, logins.get(id));
    }

    @Override
    public String text(String id) throws SecretUnavailableException {
        return found(id, texts.get(id));
    }

    @Override
    public ClientCertificate clientCertificate(String id) throws SecretUnavailableException {
        return found(id, certificates.get(id));
    }

    private static <T> T found(String id, T value) throws SecretUnavailableException {
        if (value == null) {
            throw new SecretUnavailableException(id, "does not exist");
        }
        return value;
    }
}
