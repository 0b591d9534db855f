package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code rateLimit: {starts, period}}. */
public final class RateLimitConfig extends AbstractDescribableImpl<RateLimitConfig> {
    private final int starts;
    private final String period;

    @DataBoundConstructor
    public RateLimitConfig(int starts, String period) {
        this.starts = starts;
        this.period = period;
    }

    public int getStarts() {
        return starts;
    }

    public String getPeriod() {
        return period;
    }

    RateLimit toCore() {
        return new RateLimit(starts, Durations.parse("period", period));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RateLimitConfig> {}
}
