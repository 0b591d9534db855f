package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorParts;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import io.jenkins.plugins.understack.core.sensor.ValueType;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.core.sensor.correlation.ConditionsReset;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import java.util.ArrayList;
import java.util.List;

/** An item of {@code sensors}. */
final class SensorReader {
    private SensorReader() {}

    static Sensor read(YamlMap sensor) throws ConfigurationException {
        sensor.allow(
                "name", "enabled", "source", "event", "transform", "where", "filters", "dependencies", "conditions", "within",
                "conditionsReset", "forEach", "job", "parameters", "argo", "serializeBy", "coalesceBy", "limit", "delay", "debounce",
                "rateLimit", "hold", "inFlight");
        String name = sensor.text("name");
        boolean enabled = sensor.flag("enabled", true);
        String source = sensor.text("source");
        String event = sensor.text("event");
        String transform = sensor.text("transform");
        String where = sensor.text("where");
        List<DataFilter> filters = filters(sensor);
        List<Dependency> dependencies = new ArrayList<>();
        for (YamlMap dependency : sensor.maps("dependencies")) {
            dependencies.add(dependency(dependency));
        }
        Correlation correlation = correlation(sensor);
        String forEach = sensor.text("forEach");
        String job = sensor.text("job");
        List<Parameter> parameters = new ArrayList<>();
        for (YamlMap parameter : sensor.maps("parameters")) {
            parameters.add(parameter(parameter));
        }
        ArgoRules argo = argo(sensor);
        StartRules rules = rules(sensor);
        return sensor.build(() -> new Sensor(
                name,
                enabled,
                SensorParts.dependencies(source, event, transform, where, filters, argo, dependencies),
                correlation,
                forEach,
                job,
                parameters,
                argo,
                rules));
    }

    private static Dependency dependency(YamlMap dependency) throws ConfigurationException {
        dependency.allow("name", "source", "event", "transform", "where", "filters", "key", "argo");
        String name = dependency.text("name");
        String source = dependency.text("source");
        String event = dependency.text("event");
        String transform = dependency.text("transform");
        String where = dependency.text("where");
        List<DataFilter> filters = filters(dependency);
        String key = dependency.text("key");
        ArgoRules argo = argo(dependency);
        return dependency.build(() -> SensorParts.dependency(name, source, event, transform, where, filters, key, argo));
    }

    private static ArgoRules argo(YamlMap map) throws ConfigurationException {
        String text = map.text("argo");
        return text == null || text.isBlank() ? null : map.build(() -> new ArgoRules(text.strip()));
    }

    private static List<DataFilter> filters(YamlMap map) throws ConfigurationException {
        List<DataFilter> filters = new ArrayList<>();
        for (YamlMap filter : map.maps("filters")) {
            filters.add(filter(filter));
        }
        return filters;
    }

    private static DataFilter filter(YamlMap filter) throws ConfigurationException {
        filter.allow("path", "comparator", "type", "value", "required", "default", "nullAs");
        String path = filter.text("path");
        String comparator = filter.text("comparator");
        String type = filter.text("type");
        YamlValue value = filter.value("value");
        List<String> values = value != null && value.isText() ? List.of(value.text()) : filter.texts("value");
        boolean required = filter.flag("required", false);
        String otherwise = filter.text("default");
        String nullAs = filter.text("nullAs");
        return filter.build(() -> new DataFilter(
                path,
                comparator == null ? null : Comparator.parse(comparator),
                type == null ? null : ValueType.parse(type),
                values,
                required,
                otherwise,
                nullAs));
    }

    private static Parameter parameter(YamlMap parameter) throws ConfigurationException {
        parameter.allow("name", "path", "jq", "value", "default", "nullAs", "required");
        String name = parameter.text("name");
        String path = parameter.text("path");
        String jq = parameter.text("jq");
        String value = parameter.text("value");
        String otherwise = parameter.text("default");
        String nullAs = parameter.text("nullAs");
        boolean required = parameter.flag("required", true);
        return parameter.build(() -> new Parameter(name, path, jq, value, otherwise, nullAs, required));
    }

    private static Correlation correlation(YamlMap sensor) throws ConfigurationException {
        List<ConditionsReset> resets = new ArrayList<>();
        for (YamlMap reset : sensor.maps("conditionsReset")) {
            reset.allow("cron", "timezone");
            String cron = reset.text("cron");
            String timezone = reset.text("timezone");
            resets.add(reset.build(() -> new ConditionsReset(cron, timezone)));
        }
        String conditions = sensor.text("conditions");
        String within = sensor.text("within");
        return sensor.build(() -> new Correlation(conditions, Durations.parse("within", within), resets));
    }

    private static StartRules rules(YamlMap sensor) throws ConfigurationException {
        String serializeBy = sensor.text("serializeBy");
        String coalesceBy = sensor.text("coalesceBy");
        YamlMap limit = sensor.map("limit");
        Limit limited = limit == null ? null : limit(limit);
        String delay = sensor.text("delay");
        String debounce = sensor.text("debounce");
        YamlMap rate = sensor.map("rateLimit");
        RateLimit rateLimit = rate == null ? null : rateLimit(rate);
        boolean hold = sensor.flag("hold", false);
        Integer inFlight = sensor.integer("inFlight");
        return sensor.build(() -> new StartRules(
                serializeBy,
                coalesceBy,
                limited,
                Durations.parse("delay", delay),
                Durations.parse("debounce", debounce),
                rateLimit,
                hold,
                inFlight));
    }

    private static Limit limit(YamlMap limit) throws ConfigurationException {
        limit.allow("starts", "period", "key");
        int starts = (int) Math.min(limit.number("starts", 0), Integer.MAX_VALUE);
        String period = limit.text("period");
        String key = limit.text("key");
        return limit.build(() -> new Limit(starts, Durations.parse("period", period), key));
    }

    private static RateLimit rateLimit(YamlMap rate) throws ConfigurationException {
        rate.allow("starts", "period");
        int starts = (int) Math.min(rate.number("starts", 0), Integer.MAX_VALUE);
        String period = rate.text("period");
        return rate.build(() -> new RateLimit(starts, Durations.parse("period", period)));
    }
}
