package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import java.time.Duration;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code nautobot: {url, credentialsId, timeoutSeconds}}. */
public final class NautobotConfig extends AbstractDescribableImpl<NautobotConfig> {
    private final String url;
    private final String credentialsId;
    private int timeoutSeconds = (int) NautobotSettings.DEFAULT_TIMEOUT.toSeconds();

    @DataBoundConstructor
    public NautobotConfig(String url, String credentialsId) {
        this.url = url;
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    public NautobotSettings toCore() {
        return new NautobotSettings(url, credentialsId, Duration.ofSeconds(timeoutSeconds));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<NautobotConfig> {
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StringCredentials.class, credentialsId);
        }
    }
}
