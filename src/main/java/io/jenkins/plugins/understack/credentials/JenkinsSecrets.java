package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Secrets from Jenkins' global credentials. Those that the global configuration names are Jenkins' own use, so credentials of
 * system scope are found too.
 */
public final class JenkinsSecrets implements Secrets {
    private final Run<?, ?> user;

    public JenkinsSecrets() {
        this(null);
    }

    /** @param user the build on whose behalf secrets are used; the Credentials plugin tracks it. May be null. */
    public JenkinsSecrets(Run<?, ?> user) {
        this.user = user;
    }

    @Override
    public UsernamePassword usernamePassword(String id) throws SecretUnavailableException {
        StandardUsernamePasswordCredentials found =
                find(StandardUsernamePasswordCredentials.class, id, "username with password");
        return new UsernamePassword(found.getUsername(), found.getPassword().getPlainText());
    }

    @Override
    public String text(String id) throws SecretUnavailableException {
        return find(StringCredentials.class, id, "secret text").getSecret().getPlainText();
    }

    @Override
    public ClientCertificate clientCertificate(String id) throws SecretUnavailableException {
        StandardCertificateCredentials found = find(StandardCertificateCredentials.class, id, "certificate");
        return new ClientCertificate(
                found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
    }

    private <T extends StandardCredentials> T find(Class<T> type, String id, String kind) throws SecretUnavailableException {
        StandardCredentials found = byId(StandardCredentials.class, id);
        if (found == null) {
            throw new SecretUnavailableException(
                    id, "does not exist among the global credentials; create a " + kind + " with this id");
        }
        if (!type.isInstance(found)) {
            throw new SecretUnavailableException(id, "is of another kind; expected a " + kind);
        }
        if (user != null) {
            CredentialsProvider.track(user, found);
        }
        return type.cast(found);
    }

    private static <T extends StandardCredentials> T byId(Class<T> type, String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, List.of()).stream()
                .filter(credentials -> credentials.getId().equals(id))
                .findFirst()
                .orElse(null);
    }
}
