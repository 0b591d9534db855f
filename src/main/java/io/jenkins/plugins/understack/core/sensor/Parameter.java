package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;

/**
 * A parameter of the build that a sensor starts. Its value is always text: objects and arrays become JSON.
 *
 * @param path where in the (transformed) event data the value is, or null for a constant; {@code body} gives the whole body
 * @param value the constant; or, beside a path, what is used when the event has no value or null there
 */
public record Parameter(String name, String path, String value) {
    public Parameter {
        name = Fields.required("name", name);
        path = Fields.optional(path);
        if (path == null && value == null) {
            throw new InvalidFieldException("value", "is missing; expected a path, a value, or both");
        }
    }
}
