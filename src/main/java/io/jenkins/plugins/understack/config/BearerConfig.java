package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code bearer: {credentialsId}}. */
public final class BearerConfig extends WebhookAuthenticationConfig {
    private final String credentialsId;

    @DataBoundConstructor
    public BearerConfig(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    WebhookAuthentication toCore() {
        return new WebhookAuthentication.Bearer(credentialsId);
    }

    @Extension
    @Symbol("bearer")
    public static final class DescriptorImpl extends Descriptor<WebhookAuthenticationConfig> {
        @Override
        public String getDisplayName() {
            return Messages.BearerConfig_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StringCredentials.class, credentialsId);
        }
    }
}
