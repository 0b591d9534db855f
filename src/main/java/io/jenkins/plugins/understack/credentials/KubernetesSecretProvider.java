package io.jenkins.plugins.understack.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.kubernetes.HandoverSecrets;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import io.jenkins.plugins.understack.core.kubernetes.SecretValues;
import io.jenkins.plugins.understack.core.obm.DevicePattern;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.kubernetes.Handovers;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code kubernetesSecret: {name: 'obm-{name}', namespace}}: a Secret with {@code username} and {@code password} in the configured cluster. */
@Restricted(NoExternalUse.class)
public final class KubernetesSecretProvider extends ObmCredentialProvider {
    private final String name;
    private String namespace;

    @DataBoundConstructor
    public KubernetesSecretProvider(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getName() {
        return name;
    }

    /** Null for that of the {@code kubernetes} section. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @Override
    public void check() {
        DevicePattern.parse("name", name);
    }

    @Override
    public Optional<ObmCredential> find(ObmDevice device, Run<?, ?> run) throws ObmCredentialException, InterruptedException {
        Optional<String> wanted = DevicePattern.parse("name", name).fill(device);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        try {
            // The name of a device may come from outside.
            String secret = HandoverSecrets.secretName(wanted.get().toLowerCase(Locale.ROOT), null);
            SecretValues values = Handovers.site(null, namespace, secret);
            if (values == null) {
                return Optional.empty();
            }
            UsernamePassword login = values.usernamePassword();
            return Optional.of(new ObmCredential(login.username(), login.password()));
        } catch (KubernetesException e) {
            throw new ObmCredentialException(device + ": " + e.getMessage(), e.isPassing());
        } catch (IOException | InvalidFieldException e) {
            throw new ObmCredentialException(device + ": " + e.getMessage());
        }
    }

    @Extension
    @Symbol("kubernetesSecret")
    public static final class DescriptorImpl extends Descriptor<ObmCredentialProvider> {
        @Override
        public String getDisplayName() {
            return Messages.KubernetesSecretProvider_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String name) {
            try {
                DevicePattern.parse("name", name);
                return FormValidation.ok();
            } catch (InvalidFieldException e) {
                return FormValidation.error(e.detail());
            }
        }
    }
}
