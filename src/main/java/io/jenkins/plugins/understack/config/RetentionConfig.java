package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.source.Retention;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code retention: {age, events, bytes}} of the inbox or of a source; null is as for all sources, or the default. */
public final class RetentionConfig extends AbstractDescribableImpl<RetentionConfig> {
    private String age;
    private Integer events;
    /** A text, since Stapler makes 0 of an empty field of type Long, and 0 means to keep nothing. */
    private String bytes;

    @DataBoundConstructor
    public RetentionConfig() {}

    public String getAge() {
        return age;
    }

    @DataBoundSetter
    public void setAge(String age) {
        this.age = Util.fixEmptyAndTrim(age);
    }

    public Integer getEvents() {
        return events;
    }

    @DataBoundSetter
    public void setEvents(Integer events) {
        this.events = events;
    }

    public String getBytes() {
        return bytes;
    }

    @DataBoundSetter
    public void setBytes(String bytes) {
        this.bytes = Util.fixEmptyAndTrim(bytes);
    }

    Retention toCore() {
        return new Retention(Durations.parse("age", age), events, Fields.wholeNumber("bytes", bytes));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RetentionConfig> {
        @POST
        public FormValidation doCheckAge(@QueryParameter String value) {
            return FormChecks.central().duration(value);
        }

        @POST
        public FormValidation doCheckEvents(@QueryParameter String value) {
            return FormChecks.central().atLeast(0, value);
        }

        @POST
        public FormValidation doCheckBytes(@QueryParameter String value) {
            return FormChecks.central().atLeast(0, value);
        }
    }
}
