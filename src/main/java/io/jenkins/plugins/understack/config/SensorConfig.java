package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.understack.check.FormChecks;
import io.jenkins.plugins.understack.check.SensorFields;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorParts;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import io.jenkins.plugins.understack.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One entry of the central {@code sensors}. */
public final class SensorConfig extends AbstractDescribableImpl<SensorConfig> {
    private final String name;
    private final String job;
    /** Null is true: it is not in what was saved before there was such a field. */
    private Boolean enabled;

    private String source;
    private String event;
    private String transform;
    private String where;
    private List<FilterConfig> filters = new ArrayList<>();
    private List<DependencyConfig> dependencies = new ArrayList<>();
    private String conditions;
    private String within;
    private List<ConditionsResetConfig> conditionsReset = new ArrayList<>();
    private String forEach;
    private List<ParameterConfig> parameters = new ArrayList<>();
    private String argo;
    private String serializeBy;
    private String coalesceBy;
    private LimitConfig limit;
    private String delay;
    private String debounce;
    private RateLimitConfig rateLimit;
    private boolean hold;
    private Integer inFlight;

    @DataBoundConstructor
    public SensorConfig(String name, String job) {
        this.name = name;
        this.job = job;
    }

    /** What was saved before there were these fields has no lists for them. */
    private Object readResolve() {
        filters = Lists.copy(filters);
        dependencies = Lists.copy(dependencies);
        conditionsReset = Lists.copy(conditionsReset);
        parameters = Lists.copy(parameters);
        return this;
    }

    public String getName() {
        return name;
    }

    public String getJob() {
        return job;
    }

    public boolean isEnabled() {
        return enabled == null || enabled;
    }

    @DataBoundSetter
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    public String getEvent() {
        return event;
    }

    @DataBoundSetter
    public void setEvent(String event) {
        this.event = Util.fixEmptyAndTrim(event);
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

    /** In place of the one dependency that source and event name. */
    public List<DependencyConfig> getDependencies() {
        return dependencies;
    }

    @DataBoundSetter
    public void setDependencies(List<DependencyConfig> dependencies) {
        this.dependencies = Lists.copy(dependencies);
    }

    public String getConditions() {
        return conditions;
    }

    @DataBoundSetter
    public void setConditions(String conditions) {
        this.conditions = Util.fixEmptyAndTrim(conditions);
    }

    public String getWithin() {
        return within;
    }

    @DataBoundSetter
    public void setWithin(String within) {
        this.within = Util.fixEmptyAndTrim(within);
    }

    public List<ConditionsResetConfig> getConditionsReset() {
        return conditionsReset;
    }

    @DataBoundSetter
    public void setConditionsReset(List<ConditionsResetConfig> conditionsReset) {
        this.conditionsReset = Lists.copy(conditionsReset);
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

    /** Rules of an imported sensor, as YAML; null for a sensor in our own language. */
    public String getArgo() {
        return argo;
    }

    @DataBoundSetter
    public void setArgo(String argo) {
        this.argo = Util.fixEmptyAndTrim(argo);
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

    Sensor toCore() {
        ArgoRules rules = argo == null ? null : new ArgoRules(argo);
        return new Sensor(
                name,
                isEnabled(),
                SensorParts.dependencies(
                        source,
                        event,
                        transform,
                        where,
                        Lists.map("filters", filters, FilterConfig::toCore),
                        rules,
                        Lists.map("dependencies", dependencies, DependencyConfig::toCore)),
                new Correlation(
                        conditions,
                        Durations.parse("within", within),
                        Lists.map("conditionsReset", conditionsReset, ConditionsResetConfig::toCore)),
                forEach,
                job,
                Lists.map("parameters", parameters, ParameterConfig::toCore),
                rules,
                rules(serializeBy, coalesceBy, limit, delay, debounce, rateLimit, hold, inFlight));
    }

    /** Also for the trigger of a job, which has the same rules. */
    public static StartRules rules(
            String serializeBy,
            String coalesceBy,
            LimitConfig limit,
            String delay,
            String debounce,
            RateLimitConfig rateLimit,
            boolean hold,
            Integer inFlight) {
        return new StartRules(
                serializeBy,
                coalesceBy,
                Lists.within("limit", limit, LimitConfig::toCore),
                Durations.parse("delay", delay),
                Durations.parse("debounce", debounce),
                Lists.within("rateLimit", rateLimit, RateLimitConfig::toCore),
                hold,
                inFlight);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SensorConfig> implements SensorFields {
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FormChecks.central().required(value);
        }

        @POST
        public FormValidation doCheckJob(@QueryParameter String value) {
            return FormChecks.central().job(value);
        }

        /** The panel that tries this form. */
        public Trial getTrial() {
            return Trial.ofCentral((request, form, job) -> request.bindJSON(SensorConfig.class, form).toCore());
        }
    }
}
