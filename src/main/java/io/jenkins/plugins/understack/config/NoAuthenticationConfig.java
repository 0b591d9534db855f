package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code none}: anyone who reaches the end point may send events. */
public final class NoAuthenticationConfig extends WebhookAuthenticationConfig {
    @DataBoundConstructor
    public NoAuthenticationConfig() {}

    @Override
    WebhookAuthentication toCore() {
        return new WebhookAuthentication.None();
    }

    @Extension
    @Symbol("none")
    public static final class DescriptorImpl extends Descriptor<WebhookAuthenticationConfig> {
        @Override
        public String getDisplayName() {
            return Messages.NoAuthenticationConfig_displayName();
        }
    }
}
