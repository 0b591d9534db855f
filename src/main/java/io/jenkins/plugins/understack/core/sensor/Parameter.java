package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;

/**
 * A parameter of the build that a sensor starts, from a path, a jq program or a constant. Its value is always text: objects and
 * arrays become JSON.
 *
 * <p>What is missing or null is an error, unless there is a value to take its place, or {@code required} is false: then the
 * parameter is left out, and the job's own default counts.
 *
 * @param path where in the (transformed) event data the value is, or null; {@code body} gives the whole body
 * @param jq a program over the (transformed) event data whose first output is the value, or null
 * @param value the constant, or null
 * @param otherwise {@code default} to users: takes the place of what is missing; or null
 * @param nullAs takes the place of null; or null
 */
public record Parameter(
        String name, String path, String jq, String value, String otherwise, String nullAs, boolean required) {
    public Parameter {
        name = Fields.required("name", name);
        path = Fields.optional(path);
        jq = Fields.optional(jq);
        value = Fields.notEmptyOrNull(value);
        otherwise = Fields.notEmptyOrNull(otherwise);
        nullAs = Fields.notEmptyOrNull(nullAs);
        int sources = (path == null ? 0 : 1) + (jq == null ? 0 : 1) + (value == null ? 0 : 1);
        if (sources != 1) {
            throw new InvalidFieldException(
                    "value", (sources == 0 ? "is missing" : "is not the only source") + "; expected one of path, jq and value");
        }
        if (value != null && (otherwise != null || nullAs != null)) {
            throw new InvalidFieldException(
                    otherwise != null ? "default" : "nullAs", "is never used, because value is always there; expected path or jq with it");
        }
    }

    /** A required one from {@code path}. */
    public static Parameter of(String name, String path) {
        return new Parameter(name, path, null, null, null, null, true);
    }

    public static Parameter constant(String name, String value) {
        return new Parameter(name, null, null, value, null, null, true);
    }
}
