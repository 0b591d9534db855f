package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.source.webhook.HmacAuthentication;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code hmac: {credentialsId, header, algorithm, prefix, encoding}}. */
public final class HmacConfig extends WebhookAuthenticationConfig {
    private final String credentialsId;
    private final String header;
    private String algorithm = HmacAuthentication.Algorithm.SHA256.label();
    private String prefix;
    private String encoding = "hex";

    @DataBoundConstructor
    public HmacConfig(String credentialsId, String header) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        this.header = header;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getHeader() {
        return header;
    }

    public String getAlgorithm() {
        return algorithm;
    }

    @DataBoundSetter
    public void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }

    public String getPrefix() {
        return prefix;
    }

    @DataBoundSetter
    public void setPrefix(String prefix) {
        this.prefix = Util.fixEmpty(prefix);
    }

    public String getEncoding() {
        return encoding;
    }

    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    @Override
    WebhookAuthentication toCore() {
        return new HmacAuthentication(
                credentialsId,
                HmacAuthentication.Algorithm.parse(algorithm),
                header,
                prefix,
                HmacAuthentication.Encoding.parse(encoding));
    }

    @Extension
    @Symbol("hmac")
    public static final class DescriptorImpl extends Descriptor<WebhookAuthenticationConfig> {
        @Override
        public String getDisplayName() {
            return Messages.HmacConfig_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StringCredentials.class, credentialsId);
        }

        public ListBoxModel doFillAlgorithmItems() {
            ListBoxModel items = new ListBoxModel();
            for (HmacAuthentication.Algorithm algorithm : HmacAuthentication.Algorithm.values()) {
                items.add(algorithm.label());
            }
            return items;
        }

        public ListBoxModel doFillEncodingItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("hex"),
                    new ListBoxModel.Option("base64"));
        }
    }
}
