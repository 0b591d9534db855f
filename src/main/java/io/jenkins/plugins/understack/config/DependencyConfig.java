package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.check.SensorFields;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.SensorParts;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code dependencies} of a sensor that needs several events. */
public final class DependencyConfig extends AbstractDescribableImpl<DependencyConfig> {
    private final String name;
    private final String source;
    private final String event;
    private String transform;
    private String where;
    private List<FilterConfig> filters = new ArrayList<>();
    private String key;
    private String argo;

    @DataBoundConstructor
    public DependencyConfig(String name, String source, String event) {
        this.name = name;
        this.source = source;
        this.event = event;
    }

    public String getName() {
        return name;
    }

    public String getSource() {
        return source;
    }

    public String getEvent() {
        return event;
    }

    public String getTransform() {
        return transform;
    }

    @DataBoundSetter
    public void setTransform(String transform) {
        this.transform = Util.fixEmptyAndTrim(transform);
    }

    public String getWhere() {
        return where;
    }

    @DataBoundSetter
    public void setWhere(String where) {
        this.where = Util.fixEmptyAndTrim(where);
    }

    public List<FilterConfig> getFilters() {
        return filters;
    }

    @DataBoundSetter
    public void setFilters(List<FilterConfig> filters) {
        this.filters = Lists.copy(filters);
    }

    public String getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(String key) {
        this.key = Util.fixEmptyAndTrim(key);
    }

    /** Filters of an imported sensor, as YAML; null in our own language. */
    public String getArgo() {
        return argo;
    }

    @DataBoundSetter
    public void setArgo(String argo) {
        this.argo = Util.fixEmptyAndTrim(argo);
    }

    Dependency toCore() {
        return SensorParts.dependency(
                name,
                source,
                event,
                transform,
                where,
                Lists.map("filters", filters, FilterConfig::toCore),
                key,
                argo == null ? null : new ArgoRules(argo));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DependencyConfig> implements SensorFields {}
}
