package io.jenkins.plugins.understack.config;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import io.jenkins.plugins.understack.nautobot.NautobotHttp;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code nautobot: {name, url, credentialsId, timeoutSeconds, caCertificate, insecureSkipVerify}}. */
public final class NautobotConfig extends AbstractDescribableImpl<NautobotConfig> {
    private final String url;
    private final String credentialsId;
    private String name;
    private int timeoutSeconds = (int) NautobotSettings.DEFAULT_TIMEOUT.toSeconds();
    private String caCertificate;
    private boolean insecureSkipVerify;

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

    /** Null stands for {@code default}. */
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    public boolean isInsecureSkipVerify() {
        return insecureSkipVerify;
    }

    @DataBoundSetter
    public void setInsecureSkipVerify(boolean insecureSkipVerify) {
        this.insecureSkipVerify = insecureSkipVerify;
    }

    public NautobotSettings toCore() {
        return new NautobotSettings(
                name, url, credentialsId, Duration.ofSeconds(timeoutSeconds), new TlsTrust(caCertificate, insecureSkipVerify));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<NautobotConfig> {
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StringCredentials.class, credentialsId);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return FormChecks.central().nautobot(value);
        }

        @POST
        public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
            return FormChecks.central().limit(value);
        }

        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return FormChecks.central().certificates(value);
        }

        /** Asks {@code /api/status/}, which needs a token. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter int timeoutSeconds,
                @QueryParameter String caCertificate,
                @QueryParameter boolean insecureSkipVerify)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            NautobotConfig config = new NautobotConfig(url, credentialsId);
            config.setName(name);
            config.setTimeoutSeconds(timeoutSeconds);
            config.setCaCertificate(caCertificate);
            config.setInsecureSkipVerify(insecureSkipVerify);
            try {
                JsonNode status = NautobotHttp.test(config.toCore());
                return FormValidation.ok(Messages.NautobotConfig_works(status.path("nautobot-version").asText("?")));
            } catch (NautobotException | InvalidFieldException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
