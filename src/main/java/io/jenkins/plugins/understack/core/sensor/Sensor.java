package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;

/**
 * The definition of a sensor: which events start which job. {@link SensorProgram} is the same, ready to run.
 *
 * @param transform jq program applied to the event data first, or null; its first output, an object, replaces the data
 * @param filters all must pass
 * @param job full name of a Jenkins job, or a workflow of the library
 */
public record Sensor(
        String name, Dependency dependency, String transform, List<DataFilter> filters, String job, List<Parameter> parameters) {
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
    }

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    public SensorProgram compile() {
        return new StrictProgram(this);
    }
}
