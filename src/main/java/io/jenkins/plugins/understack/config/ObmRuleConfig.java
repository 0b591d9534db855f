package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.credentials.ObmCredentialProvider;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code {matches: {…}, provider: {standardPassword: {…}}}}. */
public final class ObmRuleConfig extends AbstractDescribableImpl<ObmRuleConfig> {
    private final ObmCredentialProvider provider;
    private DeviceMatchConfig matches;

    @DataBoundConstructor
    public ObmRuleConfig(ObmCredentialProvider provider) {
        this.provider = provider;
    }

    public ObmCredentialProvider getProvider() {
        return provider;
    }

    /** Null for all devices. */
    public DeviceMatchConfig getMatches() {
        return matches;
    }

    @DataBoundSetter
    public void setMatches(DeviceMatchConfig matches) {
        this.matches = matches;
    }

    /** @param run on whose behalf the provider will be asked; null to check only */
    ObmRules.Rule toCore(Run<?, ?> run) {
        if (provider == null) {
            throw new InvalidFieldException("provider", "is empty, or of a plugin that is not installed; expected where credentials come from");
        }
        Lists.within("provider", provider, it -> {
            it.check();
            return it;
        });
        DeviceMatch match = matches == null ? DeviceMatch.ALL : Lists.within("matches", matches, DeviceMatchConfig::toCore);
        return new ObmRules.Rule(match, device -> provider.find(device, run));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ObmRuleConfig> {}
}
