package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One entry of {@code parameters}: {@code {name, path, jq, value, default, nullAs, required}}. */
public final class ParameterConfig extends AbstractDescribableImpl<ParameterConfig> {
    private final String name;
    private String path;
    private String jq;
    private String value;
    private String defaultValue;
    private String nullAs;
    /** Null is true: it is not in what was saved before there was such a field. */
    private Boolean required;

    @DataBoundConstructor
    public ParameterConfig(String name) {
        this.name = name;
    }

    /** Beside a path, value once was what took the place of both missing and null. */
    private Object readResolve() {
        if (path != null && value != null) {
            defaultValue = value;
            nullAs = value;
            value = null;
        }
        return this;
    }

    public String getName() {
        return name;
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    public String getJq() {
        return jq;
    }

    @DataBoundSetter
    public void setJq(String jq) {
        this.jq = Util.fixEmptyAndTrim(jq);
    }

    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(String value) {
        this.value = Util.fixEmpty(value);
    }

    public String getDefault() {
        return defaultValue;
    }

    @DataBoundSetter
    public void setDefault(String defaultValue) {
        this.defaultValue = Util.fixEmpty(defaultValue);
    }

    public String getNullAs() {
        return nullAs;
    }

    @DataBoundSetter
    public void setNullAs(String nullAs) {
        this.nullAs = Util.fixEmpty(nullAs);
    }

    public boolean isRequired() {
        return required == null || required;
    }

    @DataBoundSetter
    public void setRequired(boolean required) {
        this.required = required;
    }

    public Parameter toCore() {
        return new Parameter(name, path, jq, value, defaultValue, nullAs, isRequired());
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ParameterConfig> {
        /** @param job of the sensor that the parameter belongs to; a trigger has none, it belongs to {@code item} */
        @POST
        public FormValidation doCheckName(
                @AncestorInPath Item item, @RelativePath("..") @QueryParameter String job, @QueryParameter String value) {
            return FormChecks.parameter(item, job, value);
        }

        @POST
        public FormValidation doCheckJq(@AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item).jq(value);
        }

        @POST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item).path(value);
        }
    }
}
