package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of the central {@code sensors}. */
public final class SensorConfig extends AbstractDescribableImpl<SensorConfig> {
    private final String name;
    private final String source;
    private final String event;
    private final String job;
    private String transform;
    private List<FilterConfig> filters = new ArrayList<>();
    private List<ParameterConfig> parameters = new ArrayList<>();
    private String argo;

    @DataBoundConstructor
    public SensorConfig(String name, String source, String event, String job) {
        this.name = name;
        this.source = source;
        this.event = event;
        this.job = job;
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

    public String getJob() {
        return job;
    }

    public String getTransform() {
        return transform;
    }

    @DataBoundSetter
    public void setTransform(String transform) {
        this.transform = Util.fixEmptyAndTrim(transform);
    }

    public List<FilterConfig> getFilters() {
        return filters;
    }

    @DataBoundSetter
    public void setFilters(List<FilterConfig> filters) {
        this.filters = Lists.copy(filters);
    }

    public List<ParameterConfig> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(List<ParameterConfig> parameters) {
        this.parameters = Lists.copy(parameters);
    }

    /** Rules of an imported sensor, as YAML; null for a sensor in our own language. */
    public String getArgo() {
        return argo;
    }

    @DataBoundSetter
    public void setArgo(String argo) {
        this.argo = Util.fixEmptyAndTrim(argo);
    }

    Sensor toCore() {
        return toCore(name, source, event, transform, filters, job, parameters, argo);
    }

    /** Also for the trigger of a job, which has the same parts but no name or job of its own. */
    public static Sensor toCore(
            String name,
            String source,
            String event,
            String transform,
            List<FilterConfig> filters,
            String job,
            List<ParameterConfig> parameters,
            String argo) {
        return new Sensor(
                name,
                new Dependency(source, event),
                transform,
                Lists.map("filters", filters, FilterConfig::toCore),
                job,
                Lists.map("parameters", parameters, ParameterConfig::toCore),
                argo == null ? null : new ArgoRules(argo));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SensorConfig> {}
}
