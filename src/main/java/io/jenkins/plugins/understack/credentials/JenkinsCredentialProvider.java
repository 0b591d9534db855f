package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.DevicePattern;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code jenkinsCredential: {id: 'obm-{name}'}}: what the build itself could use, so that folders keep theirs for themselves. */
@Restricted(NoExternalUse.class)
public final class JenkinsCredentialProvider extends ObmCredentialProvider {
    private final String id;

    @DataBoundConstructor
    public JenkinsCredentialProvider(String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    public String getId() {
        return id;
    }

    @Override
    public void check() {
        DevicePattern.parse("id", id);
    }

    @Override
    public Optional<ObmCredential> find(ObmDevice device, Run<?, ?> run) throws ObmCredentialException, InterruptedException {
        Optional<String> wanted = DevicePattern.parse("id", id).fill(device);
        // The name of a device may come from outside: it must not become the name of a parameter or of another build's reference.
        if (wanted.isEmpty() || wanted.get().startsWith("${") || BuildCredentials.isId(wanted.get())) {
            return Optional.empty();
        }
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(wanted.get(), StandardUsernamePasswordCredentials.class, run, List.of());
        if (found == null) {
            return Optional.empty();
        }
        CredentialsProvider.track(run, found);
        try {
            return Optional.of(new ObmCredential(found.getUsername(), found.getPassword().getPlainText()));
        } catch (InvalidFieldException e) {
            throw new ObmCredentialException(device + ": credential \"" + wanted.get() + "\": " + e.getMessage());
        }
    }

    @Extension
    @Symbol("jenkinsCredential")
    public static final class DescriptorImpl extends Descriptor<ObmCredentialProvider> {
        @Override
        public String getDisplayName() {
            return Messages.JenkinsCredentialProvider_displayName();
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String id) {
            try {
                DevicePattern.parse("id", id);
                return FormValidation.ok();
            } catch (InvalidFieldException e) {
                return FormValidation.error(e.detail());
            }
        }
    }
}
