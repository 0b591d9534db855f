package io.jenkins.plugins.understack.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.console.RecentEvents.Entry;
import io.jenkins.plugins.understack.core.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recent events that somebody may try a sensor with.
 *
 * @param job null for administrators. For others the full name of their job: they see the events that its trigger has been shown, which
 *     could have started it and given them all data. Others came before they asked for them.
 */
record RecentChoice(String job) {
    private static final int OFFERED = 50;

    /**
     * Those that the sensor depends on, newest first, by a key.
     *
     * @param sensor as the form submits it; its other fields may be wrong
     */
    Map<String, Entry> of(JsonNode sensor) {
        List<JsonNode> places = sensor.findParents("event");
        Map<String, Entry> found = new LinkedHashMap<>();
        for (Entry entry : Understack.get().recentEvents().entries()) {
            if (found.size() < OFFERED && !entry.again() && isVisible(entry) && places.stream().anyMatch(place -> fits(place, entry.attributes()))) {
                // Two events can have the same id.
                found.putIfAbsent(entry.attributes().time() + " " + entry.attributes().id(), entry);
            }
        }
        return found;
    }

    private static boolean fits(JsonNode place, Event event) {
        return place.path("source").asText().strip().equals(event.source())
                && place.path("event").asText().strip().equals(event.name());
    }

    private boolean isVisible(Entry entry) {
        return job == null
                || !entry.central().contains(job) && entry.decisions().stream().anyMatch(decision -> decision.sensor().equals(job));
    }
}
