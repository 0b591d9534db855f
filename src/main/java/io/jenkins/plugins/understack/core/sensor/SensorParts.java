package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.List;

/**
 * From the fields that users write to the records: a sensor says what it depends on either in itself or in {@code dependencies}.
 * The same for forms, Configuration as Code and the workbench.
 */
public final class SensorParts {
    private SensorParts() {}

    /**
     * @param several null or empty where the sensor has its one dependency in itself
     * @throws InvalidFieldException where there is neither or both
     */
    public static List<Dependency> dependencies(
            String source,
            String event,
            String transform,
            String where,
            List<DataFilter> filters,
            ArgoRules argo,
            List<Dependency> several) {
        if (several == null || several.isEmpty()) {
            return List.of(dependency(null, source, event, transform, where, filters, null, argo));
        }
        nothing("source", Fields.optional(source) != null);
        nothing("event", Fields.optional(event) != null);
        nothing("transform", Fields.optional(transform) != null);
        nothing("where", Fields.optional(where) != null);
        nothing("filters", !filters.isEmpty());
        if (several.size() == 1) {
            throw new InvalidFieldException(
                    "dependencies", "has one entry; expected several, or source, event and conditions in the sensor itself");
        }
        return several;
    }

    private static void nothing(String field, boolean there) {
        if (there) {
            throw new InvalidFieldException(field, "stands beside dependencies; expected it in each of them");
        }
    }

    public static Dependency dependency(
            String name,
            String source,
            String event,
            String transform,
            String where,
            List<DataFilter> filters,
            String key,
            ArgoRules argo) {
        return new Dependency(name, new Origin(source, event), transform, where, filters, key, argo);
    }
}
