package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code limit: {starts, period, key}}. */
public final class LimitConfig extends AbstractDescribableImpl<LimitConfig> {
    private final int starts;
    private final String period;
    private String key;

    @DataBoundConstructor
    public LimitConfig(int starts, String period) {
        this.starts = starts;
        this.period = period;
    }

    public int getStarts() {
        return starts;
    }

    public String getPeriod() {
        return period;
    }

    public String getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(String key) {
        this.key = Util.fixEmptyAndTrim(key);
    }

    Limit toCore() {
        return new Limit(starts, Durations.parse("period", period), key);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<LimitConfig> {}
}
