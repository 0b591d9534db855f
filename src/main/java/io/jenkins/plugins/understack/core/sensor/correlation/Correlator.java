package io.jenkins.plugins.understack.core.sensor.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps the events that wait for others, through restarts. Thread-safe. Every change is on disk when its method returns.
 *
 * <p>For each sensor, key and dependency the newest event is kept, as in Argo Events.
 */
public final class Correlator implements Waiting {
    private static final String MAP = "correlation";
    private static final String SEPARATOR = "\n";

    private final StateStore state;

    public Correlator(StateStore state) {
        this.state = state;
    }

    /** An event that did not find its others in time. */
    public record Expired(String sensor, String key, String dependency, Event event) {}

    @Override
    public synchronized Map<String, Event> events(String sensor, String key) {
        String text = state.map(MAP).get(sensor + SEPARATOR + key);
        return text == null ? Map.of() : read(text);
    }

    /** The event waits from now on. */
    public synchronized void keep(String sensor, Join join, Event event) {
        Map<String, Event> events = new LinkedHashMap<>(events(sensor, join.key()));
        join.dependencies().forEach(dependency -> events.put(dependency, event));
        write(sensor, join.key(), events);
        state.save();
    }

    /** What waited under this key has led to a start. */
    public synchronized void release(String sensor, Join join) {
        if (state.map(MAP).remove(sensor + SEPARATOR + join.key()) != null) {
            state.save();
        }
    }

    /**
     * Drops what has waited too long.
     *
     * @param correlations by the name of the sensor; null for a sensor that is not there any more, whose events all expire
     */
    public synchronized List<Expired> expire(Instant now, Function<String, Correlation> correlations) {
        List<Expired> expired = new ArrayList<>();
        for (Map.Entry<String, String> entry : List.copyOf(state.map(MAP).entrySet())) {
            String[] place = entry.getKey().split(SEPARATOR, 2);
            Correlation correlation = correlations.apply(place[0]);
            Map<String, Event> events = read(entry.getValue());
            boolean changed = events.entrySet().removeIf(waiting -> {
                boolean over = correlation == null || correlation.isOver(waiting.getValue().time(), now);
                if (over) {
                    expired.add(new Expired(place[0], place[1], waiting.getKey(), waiting.getValue()));
                }
                return over;
            });
            if (changed) {
                write(place[0], place[1], events);
            }
        }
        if (!expired.isEmpty()) {
            state.save();
        }
        return expired;
    }

    private void write(String sensor, String key, Map<String, Event> events) {
        if (events.isEmpty()) {
            state.map(MAP).remove(sensor + SEPARATOR + key);
            return;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        events.forEach((dependency, event) -> json.set(dependency, event.toCloudEvent()));
        state.map(MAP).put(sensor + SEPARATOR + key, json.toString());
    }

    private static Map<String, Event> read(String text) {
        try {
            Map<String, Event> events = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : Json.MAPPER.readTree(text).properties()) {
                events.put(member.getKey(), Event.fromCloudEvent(member.getValue()));
            }
            return events;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state of a correlation is damaged", e);
        }
    }
}
