package io.jenkins.plugins.understack.core.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * When something last happened to sensors and sources, through restarts. Written with the housekeeping, not with each event: after a
 * crash it may be as old as the last {@link #save}. Thread-safe.
 */
public final class LastTimes {
    private final Metrics metrics;
    private final StateStore store;
    private final StateMap sensors;
    private final StateMap sources;

    public LastTimes(Metrics metrics, StateStore store) {
        this.metrics = metrics;
        this.store = store;
        this.sensors = store.map("sensorTimes");
        this.sources = store.map("sourceTimes");
    }

    /** What is known of a sensor, also from before the last restart. */
    public SensorFigures sensor(String name) {
        return metrics.figures(name).or(parse(read(sensors, name)));
    }

    /**
     * When a source last received an event, or null.
     *
     * @param lastEvent the same, since this process began, or null
     */
    public Instant source(String name, Instant lastEvent) {
        String saved = lastEvent == null ? read(sources, name) : null;
        return saved == null ? lastEvent : Instant.parse(saved);
    }

    /** What cannot be read is not worth a page that does not come. */
    private static String read(StateMap map, String key) {
        try {
            return map.get(key);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    /**
     * To be called every now and then, and before the end. Writes what has changed, and forgets those that are gone.
     *
     * @param sensorNames of all there are
     * @param lastEvents of all sources there are, by their names; null for never
     * @return completes when it is on disk
     */
    public CompletableFuture<Void> save(Collection<String> sensorNames, Map<String, Instant> lastEvents) {
        Map<String, String> ofSensors = new HashMap<>();
        sensorNames.forEach(name -> ofSensors.put(name, print(sensor(name))));
        Map<String, String> ofSources = new HashMap<>();
        lastEvents.forEach((name, time) -> ofSources.put(name, Objects.toString(source(name, time), null)));
        if (isSaved(sensors, ofSensors) && isSaved(sources, ofSources)) {
            return CompletableFuture.completedFuture(null);
        }
        return store.writeSoon(() -> {
            replace(sensors, ofSensors);
            replace(sources, ofSources);
        });
    }

    private static boolean isSaved(StateMap map, Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> Objects.equals(map.get(entry.getKey()), entry.getValue()))
                && wanted.keySet().containsAll(map.keySet());
    }

    private static void replace(StateMap map, Map<String, String> wanted) {
        for (String key : Set.copyOf(map.keySet())) {
            if (wanted.get(key) == null) {
                map.remove(key);
            }
        }
        wanted.forEach((key, value) -> {
            if (value != null) {
                map.put(key, value);
            }
        });
    }

    private static String print(SensorFigures figures) {
        if (figures.equals(SensorFigures.NONE)) {
            return null;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("matched", Objects.toString(figures.lastMatched(), null));
        json.put("started", Objects.toString(figures.lastStarted(), null)).put("run", figures.lastRun());
        json.put("failed", Objects.toString(figures.lastFailed(), null)).put("deadLetter", figures.lastDeadLetter());
        return json.toString();
    }

    private static SensorFigures parse(String text) {
        try {
            JsonNode json = text == null ? null : Json.OWN.readTree(text);
            return json == null
                    ? SensorFigures.NONE
                    : new SensorFigures(
                            time(json, "matched"), time(json, "started"), json.path("run").textValue(),
                            time(json, "failed"), json.path("deadLetter").textValue());
        } catch (JsonProcessingException | DateTimeException e) {
            return SensorFigures.NONE;
        }
    }

    private static Instant time(JsonNode json, String field) {
        String text = json.path(field).textValue();
        return text == null ? null : Instant.parse(text);
    }
}
