package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code obm: {providers: […], caCertificate, insecureSkipVerify}}. */
public final class ObmConfig extends AbstractDescribableImpl<ObmConfig> {
    private List<ObmRuleConfig> providers = new ArrayList<>();

    private String caCertificate;
    private boolean insecureSkipVerify;

    @DataBoundConstructor
    public ObmConfig() {}

    /** PEM of the authorities of the BMCs' certificates, or null. */
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

    /** @throws InvalidFieldException naming the field that cannot be used */
    public TlsTrust trust() {
        return new TlsTrust(caCertificate, insecureSkipVerify);
    }

    public List<ObmRuleConfig> getProviders() {
        return providers;
    }

    @DataBoundSetter
    public void setProviders(List<ObmRuleConfig> providers) {
        this.providers = Lists.copy(providers);
    }

    /**
     * @param run on whose behalf the providers will be asked; null to check only
     * @throws InvalidFieldException naming the field that cannot be used
     */
    public ObmRules toCore(Run<?, ?> run) {
        trust();
        return new ObmRules(Lists.map("providers", providers, rule -> rule.toCore(run)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ObmConfig> {}
}
