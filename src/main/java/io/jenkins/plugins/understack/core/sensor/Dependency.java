package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.List;

/**
 * What a sensor waits for: events of one origin that meet conditions.
 *
 * @param name stands for it in {@code conditions}; null for the only one of a sensor
 * @param transform jq program applied to the event data first, or null; its first output, an object, replaces the data
 * @param where jq program over the (transformed) data that says true or false, or null
 * @param filters all must pass
 * @param key jq program over the (transformed) data: only events with the same key come together; null where all do
 * @param argo filters of an imported sensor, in place of {@code where} and {@code filters}; null in our own language
 */
public record Dependency(
        String name, Origin origin, String transform, String where, List<DataFilter> filters, String key, ArgoRules argo) {
    public Dependency {
        name = name == null ? null : Fields.name("name", name);
        if (origin == null) {
            throw new InvalidFieldException("source", "is missing; expected an event source and an event");
        }
        transform = Fields.optional(transform);
        where = Fields.optional(where);
        filters = filters == null ? List.of() : List.copyOf(filters);
        key = Fields.optional(key);
        if (argo != null && (where != null || !filters.isEmpty())) {
            throw new InvalidFieldException("argo", "stands beside where or filters; expected one of the two languages");
        }
    }

    /** Every event of an origin. */
    public Dependency(String source, String event) {
        this(null, new Origin(source, event), null, null, List.of(), null, null);
    }
}
