package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code credentials} part of the file. A value that lacks its environment variable fails when it is asked for, not
 * before, so that sensors can be tried out on a machine without any secret. Immutable.
 */
final class FileSecrets implements Secrets {
    private static final Set<String> KINDS = Set.of("usernamePassword", "string", "certificate");

    private record Credential(String kind, YamlMap fields) {}

    private final Map<String, Credential> credentials = new LinkedHashMap<>();

    private FileSecrets() {}

    static FileSecrets read(YamlMap root) throws ConfigurationException {
        FileSecrets secrets = new FileSecrets();
        YamlMap part = root.map("credentials");
        YamlMap system = part == null ? null : part.map("system");
        for (YamlMap domain : system == null ? List.<YamlMap>of() : system.maps("domainCredentials")) {
            for (YamlMap credential : domain.maps("credentials")) {
                for (String kind : credential.names()) {
                    if (KINDS.contains(kind)) {
                        secrets.add(kind, credential.map(kind));
                    }
                }
            }
        }
        return secrets;
    }

    private void add(String kind, YamlMap fields) throws ConfigurationException {
        // Without an id, Jenkins makes one up; nothing in the file can refer to it.
        String id = fields == null ? null : fields.text("id");
        if (id != null && credentials.put(id, new Credential(kind, fields)) != null) {
            throw fields.value("id").place().error("\"" + id + "\" occurs twice; expected different ids");
        }
    }

    /** Whether the file has a credential of this id, of any kind. */
    boolean has(String id) {
        return credentials.containsKey(id);
    }

    @Override
    public UsernamePassword usernamePassword(String id) throws SecretUnavailableException {
        YamlMap fields = find(id, "usernamePassword");
        return new UsernamePassword(text(id, fields, "username"), text(id, fields, "password"));
    }

    @Override
    public String text(String id) throws SecretUnavailableException {
        return text(id, find(id, "string"), "secret");
    }

    @Override
    public ClientCertificate clientCertificate(String id) throws SecretUnavailableException {
        YamlMap fields = find(id, "certificate");
        char[] password = text(id, fields, "password").toCharArray();
        try {
            YamlMap source = fields.map("keyStoreSource");
            YamlMap uploaded = source == null ? null : source.map("uploaded");
            if (uploaded == null) {
                throw new SecretUnavailableException(id, "has no keyStoreSource.uploaded.uploadedKeystore");
            }
            byte[] bytes = Base64.getMimeDecoder().decode(text(id, uploaded, "uploadedKeystore"));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return new ClientCertificate(store, password);
        } catch (ConfigurationException e) {
            throw new SecretUnavailableException(id, "cannot be read: " + e.getMessage());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretUnavailableException(id, "holds no PKCS12 key store in base64 that its password opens");
        }
    }

    private YamlMap find(String id, String kind) throws SecretUnavailableException {
        Credential credential = credentials.get(id);
        if (credential == null) {
            throw new SecretUnavailableException(id, "does not exist; expected one of " + credentials.keySet());
        }
        if (!credential.kind.equals(kind)) {
            throw new SecretUnavailableException(id, "is of the kind " + credential.kind + "; expected " + kind);
        }
        return credential.fields;
    }

    private static String text(String id, YamlMap fields, String name) throws SecretUnavailableException {
        YamlValue value = fields.value(name);
        if (value == null) {
            throw new SecretUnavailableException(id, "has no " + name);
        }
        try {
            Interpolation.Result result = value.resolve();
            if (result.missing() != null) {
                throw new SecretUnavailableException(
                        id, "needs the environment variable " + result.missing() + ", which is not set");
            }
            return result.text();
        } catch (ConfigurationException e) {
            throw new SecretUnavailableException(id, "cannot be read: " + e.getMessage());
        }
    }
}
