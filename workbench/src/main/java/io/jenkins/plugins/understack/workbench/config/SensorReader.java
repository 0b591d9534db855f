package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.ArrayList;
import java.util.List;

/** An item of {@code sensors}. */
final class SensorReader {
    private SensorReader() {}

    static Sensor read(YamlMap sensor) throws ConfigurationException {
        sensor.allow("name", "source", "event", "transform", "filters", "job", "parameters", "argo");
        String name = sensor.text("name");
        String source = sensor.text("source");
        String event = sensor.text("event");
        String transform = sensor.text("transform");
        String job = sensor.text("job");
        List<DataFilter> filters = new ArrayList<>();
        for (YamlMap filter : sensor.maps("filters")) {
            filters.add(filter(filter));
        }
        List<Parameter> parameters = new ArrayList<>();
        for (YamlMap parameter : sensor.maps("parameters")) {
            parameters.add(parameter(parameter));
        }
        String argo = sensor.text("argo");
        return sensor.build(() -> new Sensor(
                name,
                new Dependency(source, event),
                transform,
                filters,
                job,
                parameters,
                argo == null || argo.isBlank() ? null : new ArgoRules(argo.strip())));
    }

    private static DataFilter filter(YamlMap filter) throws ConfigurationException {
        filter.allow("path", "comparator", "value");
        String path = filter.text("path");
        String comparator = filter.text("comparator");
        YamlValue value = filter.value("value");
        List<String> values = value != null && value.isText() ? List.of(value.text()) : filter.texts("value");
        return filter.build(() -> new DataFilter(path, DataFilter.Comparator.parse(comparator), values));
    }

    private static Parameter parameter(YamlMap parameter) throws ConfigurationException {
        parameter.allow("name", "path", "value");
        String name = parameter.text("name");
        String path = parameter.text("path");
        String value = parameter.text("value");
        return parameter.build(() -> new Parameter(name, path, value));
    }
}
