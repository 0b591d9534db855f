package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.Lists;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code onEvent(source: …, event: …)}: a sensor that belongs to a job and starts it. */
public final class EventTrigger extends Trigger<Job<?, ?>> {
    private final String source;
    private final String event;
    private String transform;
    private List<FilterConfig> filters = new ArrayList<>();
    private List<ParameterConfig> parameters = new ArrayList<>();

    @DataBoundConstructor
    public EventTrigger(String source, String event) {
        this.source = source;
        this.event = event;
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

    /**
     * The sensor that this trigger is, named after its job.
     *
     * @throws InvalidFieldException naming the field that cannot be used
     */
    Sensor toCore(Job<?, ?> owner) {
        return SensorConfig.toCore(
                owner.getFullName(), source, event, transform, filters, owner.getFullName(), parameters, null);
    }

    /** The {@code onEvent} trigger that a job has now. */
    static Optional<EventTrigger> of(Job<?, ?> job) {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> parameterized
                ? parameterized.getTriggers().values().stream()
                        .filter(EventTrigger.class::isInstance)
                        .map(EventTrigger.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    Job<?, ?> owner() {
        return job;
    }

    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        TriggerSensors.put(project, this);
    }

    @Override
    public void stop() {
        super.stop();
        if (job != null) {
            TriggerSensors.retire(job);
        }
    }

    @Extension
    @Symbol("onEvent")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.EventTrigger_displayName();
        }

        @POST
        public ComboBoxModel doFillSourceItems(@AncestorInPath Item item) {
            ComboBoxModel names = new ComboBoxModel();
            if (item != null && item.hasPermission(Item.CONFIGURE)) {
                Understack.get().receivers().status().stream().map(SourceStatus::name).forEach(names::add);
            }
            return names;
        }
    }
}
