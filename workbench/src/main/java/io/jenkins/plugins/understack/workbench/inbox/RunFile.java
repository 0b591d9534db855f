package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.time.Instant;

/**
 * What is kept of a run; nothing that came with the event or that the workflow returned.
 *
 * @param start id of the start in the inbox
 * @param name of the run: workflow and five random characters
 * @param eventId identity of the event
 * @param state {@code Running}, {@code Succeeded}, {@code Failed}, or {@value #INTERRUPTED}
 * @param ended null while it runs
 */
public record RunFile(String start, String name, String workflow, String sensor, String eventId, String state, Instant began, Instant ended) {
    /** The process ended before the run did. */
    public static final String INTERRUPTED = "Interrupted";
    public static final String RUNNING = "Running";

    public RunFile ended(String end, Instant time) {
        return new RunFile(start, name, workflow, sensor, eventId, end, began, time);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("start", start);
        json.put("name", name);
        json.put("workflow", workflow);
        json.put("sensor", sensor);
        json.put("eventId", eventId);
        json.put("state", state);
        json.put("began", began.toString());
        json.put("ended", ended == null ? null : ended.toString());
        return json;
    }

    static RunFile of(JsonNode json) {
        return new RunFile(
                json.path("start").asText(),
                json.path("name").asText(),
                json.path("workflow").asText(),
                json.path("sensor").asText(),
                json.path("eventId").asText(),
                json.path("state").asText(),
                Instant.parse(json.path("began").asText()),
                json.path("ended").isTextual() ? Instant.parse(json.path("ended").asText()) : null);
    }
}
