package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code inbox: {identityWindow, retention, pending, deadLetters}}; null is the default. */
public final class InboxConfig extends AbstractDescribableImpl<InboxConfig> {
    private String identityWindow;
    private RetentionConfig retention;
    private Integer pending;
    private Integer deadLetters;

    @DataBoundConstructor
    public InboxConfig() {}

    public String getIdentityWindow() {
        return identityWindow;
    }

    @DataBoundSetter
    public void setIdentityWindow(String identityWindow) {
        this.identityWindow = Util.fixEmptyAndTrim(identityWindow);
    }

    public RetentionConfig getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(RetentionConfig retention) {
        this.retention = retention;
    }

    public Integer getPending() {
        return pending;
    }

    @DataBoundSetter
    public void setPending(Integer pending) {
        this.pending = pending;
    }

    public Integer getDeadLetters() {
        return deadLetters;
    }

    @DataBoundSetter
    public void setDeadLetters(Integer deadLetters) {
        this.deadLetters = deadLetters;
    }

    InboxSettings toCore() {
        return InboxSettings.of(
                Durations.parse("identityWindow", identityWindow),
                Lists.within("retention", retention, RetentionConfig::toCore),
                pending,
                deadLetters);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<InboxConfig> {
        @POST
        public FormValidation doCheckIdentityWindow(@QueryParameter String value) {
            return FormChecks.central().duration(value);
        }

        @POST
        public FormValidation doCheckPending(@QueryParameter String value) {
            return FormChecks.central().limit(value);
        }

        @POST
        public FormValidation doCheckDeadLetters(@QueryParameter String value) {
            return FormChecks.central().limit(value);
        }
    }
}
