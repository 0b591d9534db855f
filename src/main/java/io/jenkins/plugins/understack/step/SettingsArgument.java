package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.redfish.Settings;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.Map;
import java.util.TreeMap;

/** The argument {@code settings}: names with texts, numbers and booleans. Steps keep it as JSON text with the Pipeline. */
final class SettingsArgument {
    private SettingsArgument() {}

    /**
     * @param settings a map; or a text of JSON, which is what the snippet generator's form has
     * @return JSON
     * @throws AbortException for anything else, and where it is empty
     */
    static String json(String step, Object settings) throws AbortException {
        try {
            JsonNode json = settings instanceof CharSequence text ? Json.parse(text.toString()) : Json.fromPlain("settings", settings);
            if (!json.isObject() || json.isEmpty()) {
                throw new AbortException(step + ": settings: is empty or no map; expected names with values");
            }
            for (Map.Entry<String, JsonNode> attribute : json.properties()) {
                if (!attribute.getValue().isValueNode() || attribute.getValue().isNull()) {
                    throw new AbortException(step + ": settings." + attribute.getKey() + ": expected a text, a number or a boolean");
                }
            }
            return json.toString();
        } catch (InvalidFieldException e) {
            throw new AbortException(step + ": " + e.getMessage());
        } catch (MalformedEventException e) {
            throw new AbortException(step + ": settings: " + e.getMessage());
        }
    }

    /** The opposite of {@link #json}. */
    static Map<String, Object> wanted(String json) {
        try {
            Map<String, Object> wanted = new TreeMap<>();
            Json.parse(json).properties().forEach(entry -> wanted.put(entry.getKey(), Json.plain(entry.getValue())));
            return wanted;
        } catch (MalformedEventException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What became of each, in the words of the step's result. */
    static Map<String, Object> outcomes(Settings.Changes changes) {
        Map<String, Object> outcomes = new TreeMap<>();
        changes.attributes().forEach((name, outcome) -> outcomes.put(name, Decision.label(outcome)));
        return outcomes;
    }
}
