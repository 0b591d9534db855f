package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.sensor.correlation.ConditionsReset;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code conditionsReset}: {@code {cron, timezone}}. */
public final class ConditionsResetConfig extends AbstractDescribableImpl<ConditionsResetConfig> {
    private final String cron;
    private String timezone;

    @DataBoundConstructor
    public ConditionsResetConfig(String cron) {
        this.cron = cron;
    }

    public String getCron() {
        return cron;
    }

    public String getTimezone() {
        return timezone;
    }

    @DataBoundSetter
    public void setTimezone(String timezone) {
        this.timezone = Util.fixEmptyAndTrim(timezone);
    }

    ConditionsReset toCore() {
        return new ConditionsReset(cron, timezone);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ConditionsResetConfig> {}
}
