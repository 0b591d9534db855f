package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoProgram;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.List;

/**
 * The definition of a sensor: which events start which job. {@link SensorProgram} is the same, ready to run.
 *
 * @param transform jq program applied to the event data first, or null; its first output, an object, replaces the data
 * @param filters all must pass
 * @param job full name of a Jenkins job, or a workflow of the library
 * @param argo filters and parameters of an imported sensor, which behave as in Argo Events and stand in place of {@code
 *     filters} and {@code parameters}; null for a sensor in our own language
 */
public record Sensor(
        String name,
        Dependency dependency,
        String transform,
        List<DataFilter> filters,
        String job,
        List<Parameter> parameters,
        ArgoRules argo) {
    public Sensor {
        name = Fields.required("name", name);
        if (dependency == null) {
            throw new InvalidFieldException("source", "is missing; expected an event source and an event");
        }
        transform = Fields.optional(transform);
        filters = filters == null ? List.of() : List.copyOf(filters);
        job = Fields.required("job", job);
        parameters = parameters == null ? List.of() : List.copyOf(parameters);
        Fields.unique("parameters", parameters, Parameter::name);
        if (argo != null && !(filters.isEmpty() && parameters.isEmpty())) {
            throw new InvalidFieldException("argo", "stands beside filters or parameters; expected one of the two languages");
        }
    }

    /** A sensor in our own language. */
    public Sensor(
            String name, Dependency dependency, String transform, List<DataFilter> filters, String job, List<Parameter> parameters) {
        this(name, dependency, transform, filters, job, parameters, null);
    }

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    public SensorProgram compile() {
        return argo == null ? new StrictProgram(this) : new ArgoProgram(this);
    }
}
