package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code parameters}: {@code {name, path, value}}. */
public final class ParameterConfig extends AbstractDescribableImpl<ParameterConfig> {
    private final String name;
    private String path;
    private String value;

    @DataBoundConstructor
    public ParameterConfig(String name) {
        this.name = name;
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

    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(String value) {
        this.value = Util.fixEmpty(value);
    }

    Parameter toCore() {
        return new Parameter(name, path, value);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ParameterConfig> {}
}
