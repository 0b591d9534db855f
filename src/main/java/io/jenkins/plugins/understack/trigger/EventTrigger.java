package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.SensorFields;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.LimitConfig;
import io.jenkins.plugins.understack.config.Lists;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.RateLimitConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorParts;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.trial.Trial;
import java.io.ObjectStreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
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
    private String where;
    private List<FilterConfig> filters = new ArrayList<>();
    private String forEach;
    private List<ParameterConfig> parameters = new ArrayList<>();
    private String serializeBy;
    private String coalesceBy;
    private LimitConfig limit;
    private String delay;
    private String debounce;
    private RateLimitConfig rateLimit;
    private boolean hold;
    private Integer inFlight;

    @DataBoundConstructor
    public EventTrigger(String source, String event) {
        this.source = source;
        this.event = event;
    }

    /** What was saved before there were these fields has no lists for them. */
    @Override
    protected Object readResolve() throws ObjectStreamException {
        super.readResolve();
        filters = Lists.copy(filters);
        parameters = Lists.copy(parameters);
        return this;
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

    public String getForEach() {
        return forEach;
    }

    @DataBoundSetter
    public void setForEach(String forEach) {
        this.forEach = Util.fixEmptyAndTrim(forEach);
    }

    public List<ParameterConfig> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(List<ParameterConfig> parameters) {
        this.parameters = Lists.copy(parameters);
    }

    public String getSerializeBy() {
        return serializeBy;
    }

    @DataBoundSetter
    public void setSerializeBy(String serializeBy) {
        this.serializeBy = Util.fixEmptyAndTrim(serializeBy);
    }

    public String getCoalesceBy() {
        return coalesceBy;
    }

    @DataBoundSetter
    public void setCoalesceBy(String coalesceBy) {
        this.coalesceBy = Util.fixEmptyAndTrim(coalesceBy);
    }

    public LimitConfig getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(LimitConfig limit) {
        this.limit = limit;
    }

    public String getDelay() {
        return delay;
    }

    @DataBoundSetter
    public void setDelay(String delay) {
        this.delay = Util.fixEmptyAndTrim(delay);
    }

    public String getDebounce() {
        return debounce;
    }

    @DataBoundSetter
    public void setDebounce(String debounce) {
        this.debounce = Util.fixEmptyAndTrim(debounce);
    }

    public RateLimitConfig getRateLimit() {
        return rateLimit;
    }

    @DataBoundSetter
    public void setRateLimit(RateLimitConfig rateLimit) {
        this.rateLimit = rateLimit;
    }

    public boolean isHold() {
        return hold;
    }

    @DataBoundSetter
    public void setHold(boolean hold) {
        this.hold = hold;
    }

    public Integer getInFlight() {
        return inFlight;
    }

    @DataBoundSetter
    public void setInFlight(Integer inFlight) {
        this.inFlight = inFlight;
    }

    /**
     * The sensor that this trigger is, named after its job.
     *
     * @throws InvalidFieldException naming the field that cannot be used
     */
    Sensor toCore(Job<?, ?> owner) {
        return new Sensor(
                owner.getFullName(),
                true,
                SensorParts.dependencies(
                        source, event, transform, where, Lists.map("filters", filters, FilterConfig::toCore), null, null),
                null,
                forEach,
                owner.getFullName(),
                Lists.map("parameters", parameters, ParameterConfig::toCore),
                null,
                SensorConfig.rules(serializeBy, coalesceBy, limit, delay, debounce, rateLimit, hold, inFlight));
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
    public static final class DescriptorImpl extends TriggerDescriptor implements SensorFields {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.EventTrigger_displayName();
        }

        /** A trigger has the fields of a central sensor, and so their help. */
        @Override
        public String getHelpFile(String fieldName) {
            String own = super.getHelpFile(fieldName);
            return own != null || fieldName == null
                    ? own
                    : Jenkins.get().getDescriptorOrDie(SensorConfig.class).getHelpFile(fieldName);
        }

        @POST
        public ComboBoxModel doFillSourceItems(@AncestorInPath Item item) {
            ComboBoxModel names = new ComboBoxModel();
            if (item != null && item.hasPermission(Item.CONFIGURE)) {
                Understack.get().receivers().status().stream().map(SourceStatus::name).forEach(names::add);
            }
            return names;
        }

        /** The panel that tries this form. */
        public Trial getTrial() {
            return Trial.ofJob((request, form, job) -> {
                if (job == null) {
                    throw new InvalidFieldException("job", "is unknown here; expected the form of a job");
                }
                return request.bindJSON(EventTrigger.class, form).toCore(job);
            });
        }
    }
}
