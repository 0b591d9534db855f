package io.jenkins.plugins.understack.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.source.amqp.AmqpTls;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code tls: {caCertificate, clientCertificateId, insecureSkipVerify}}. */
public final class AmqpTlsConfig extends AbstractDescribableImpl<AmqpTlsConfig> {
    private String caCertificate;
    private String clientCertificateId;
    private boolean insecureSkipVerify;

    @DataBoundConstructor
    public AmqpTlsConfig() {}

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    public String getClientCertificateId() {
        return clientCertificateId;
    }

    @DataBoundSetter
    public void setClientCertificateId(String clientCertificateId) {
        this.clientCertificateId = Util.fixEmptyAndTrim(clientCertificateId);
    }

    public boolean isInsecureSkipVerify() {
        return insecureSkipVerify;
    }

    @DataBoundSetter
    public void setInsecureSkipVerify(boolean insecureSkipVerify) {
        this.insecureSkipVerify = insecureSkipVerify;
    }

    AmqpTls toCore() {
        return new AmqpTls(caCertificate, clientCertificateId, insecureSkipVerify);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<AmqpTlsConfig> {
        @POST
        public ListBoxModel doFillClientCertificateIdItems(@QueryParameter String clientCertificateId) {
            return CredentialChoice.of(StandardCertificateCredentials.class, clientCertificateId);
        }
    }
}
