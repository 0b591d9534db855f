package io.jenkins.plugins.understack.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The text in the panel as events: a complete one in the JSON of CloudEvents, a list of them, or the data of one event alone. */
final class TrialEvent {
    /** Each may take jq its second. */
    private static final int MOST = 20;

    private TrialEvent() {}

    /**
     * @throws InvalidFieldException where the sensor depends on what does not exist
     * @throws MalformedEventException where the text is no event of this sensor
     */
    static List<Event> read(Sensor sensor, String text) throws MalformedEventException {
        List<EventSource> sources = Understack.get().configuration().eventSources();
        Configuration.checkDependencies(sources, sensor);
        JsonNode json = Json.parse(text);
        List<Origin> origins = sensor.dependencies().stream().map(Dependency::origin).distinct().toList();
        if (isList(json)) {
            List<Event> events = new ArrayList<>();
            for (JsonNode item : json) {
                events.add(complete(sources, origins, item));
            }
            return events;
        }
        if (isComplete(json)) {
            return List.of(complete(sources, origins, json));
        }
        if (origins.size() > 1) {
            throw new MalformedEventException("holds event data alone; expected a complete event or a list of them, because the sensor"
                    + " depends on " + origins);
        }
        return List.of(event(sources, origins.get(0), json, Json.MAPPER.createObjectNode()));
    }

    private static Event complete(List<EventSource> sources, List<Origin> origins, JsonNode json) throws MalformedEventException {
        Origin origin = origin(json);
        if (!origins.contains(origin)) {
            throw new MalformedEventException("comes from " + origin + "; expected " + origins);
        }
        return event(sources, origin, json.path("data"), json);
    }

    /** Not a list that is the data of one event. */
    private static boolean isList(JsonNode json) {
        return json.isArray()
                && !json.isEmpty()
                && json.size() <= MOST
                && StreamSupport.stream(json.spliterator(), false).allMatch(TrialEvent::isComplete);
    }

    private static boolean isComplete(JsonNode json) {
        return json.has("specversion") && json.has("data");
    }

    private static Origin origin(JsonNode json) throws MalformedEventException {
        try {
            return new Origin(json.path("source").asText(), json.path("subject").asText());
        } catch (InvalidFieldException e) {
            throw new MalformedEventException("has no source or no subject; expected both beside specversion");
        }
    }

    private static Event event(List<EventSource> sources, Origin origin, JsonNode data, JsonNode attributes)
            throws MalformedEventException {
        String kind = sources.stream()
                .filter(source -> source.name().equals(origin.source()))
                .findFirst()
                .map(EventSource::kind)
                .orElse("");
        try {
            return new Event(
                    attributes.path("id").asText("try"),
                    origin.source(),
                    origin.event(),
                    attributes.path("sourcekind").asText(kind),
                    attributes.path("type").asText(kind),
                    attributes.has("time") ? Instant.parse(attributes.path("time").asText()) : Instant.now(),
                    data);
        } catch (DateTimeException e) {
            throw new MalformedEventException("has a time that is none of ISO 8601 in UTC; expected, for example, 2026-01-31T12:00:00Z");
        }
    }
}
