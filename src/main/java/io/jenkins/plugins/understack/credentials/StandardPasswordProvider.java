package io.jenkins.plugins.understack.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.core.obm.StandardPassword;
import io.jenkins.plugins.understack.core.obm.StandardPasswords;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code standardPassword: {masterKeyCredentialsId, userName}}. */
@Restricted(NoExternalUse.class)
public final class StandardPasswordProvider extends ObmCredentialProvider {
    private final String masterKeyCredentialsId;
    private String userName = StandardPassword.USER;

    @DataBoundConstructor
    public StandardPasswordProvider(String masterKeyCredentialsId) {
        this.masterKeyCredentialsId = Util.fixEmptyAndTrim(masterKeyCredentialsId);
    }

    public String getMasterKeyCredentialsId() {
        return masterKeyCredentialsId;
    }

    public String getUserName() {
        return userName;
    }

    @DataBoundSetter
    public void setUserName(String userName) {
        this.userName = Util.fixEmptyAndTrim(userName) == null ? StandardPassword.USER : userName.strip();
    }

    private StandardPasswords passwords(Secrets secrets) {
        return new StandardPasswords(masterKeyCredentialsId, userName, secrets);
    }

    @Override
    public void check() {
        passwords(new JenkinsSecrets());
    }

    @Override
    public Optional<ObmCredential> find(ObmDevice device, Run<?, ?> run) throws ObmCredentialException, InterruptedException {
        return passwords(new JenkinsSecrets(run)).find(device);
    }

    @Extension
    @Symbol("standardPassword")
    public static final class DescriptorImpl extends Descriptor<ObmCredentialProvider> {
        @Override
        public String getDisplayName() {
            return Messages.StandardPasswordProvider_displayName();
        }

        @POST
        public ListBoxModel doFillMasterKeyCredentialsIdItems(@QueryParameter String masterKeyCredentialsId) {
            return CredentialChoice.of(StringCredentials.class, masterKeyCredentialsId);
        }
    }
}
