package io.jenkins.plugins.understack.core.sensor.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator.Awaited;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Waiting events as text: a line {@code <time of the oldest> <dependency> <dependency>…}, which says whether the rest has to be
 * read, and a JSON object of the events by dependency.
 */
final class WaitingText {
    private WaitingText() {}

    static String write(Map<String, Event> events) {
        Instant oldest = events.values().stream().map(Event::time).min(Instant::compareTo).orElseThrow();
        ObjectNode json = Json.MAPPER.createObjectNode();
        events.forEach((dependency, event) -> json.set(dependency, event.toCloudEvent()));
        return oldest + " " + String.join(" ", events.keySet()) + "\n" + json;
    }

    static Map<String, Event> read(String text) throws JsonProcessingException {
        Map<String, Event> events = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : Json.OWN.readTree(text.substring(text.indexOf('\n') + 1)).properties()) {
            events.put(member.getKey(), Event.fromCloudEvent(member.getValue()));
        }
        return events;
    }

    /** Whether one of the events does not wait any more; also where the text is damaged. */
    static boolean mayBeOver(String text, Awaited awaited) {
        String[] words = text.lines().findFirst().orElse("").split(" ");
        try {
            Instant oldest = Instant.parse(words[0]);
            for (int i = 1; i < words.length; i++) {
                if (awaited.isOver(words[i], oldest)) {
                    return true;
                }
            }
            return words.length == 1;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
