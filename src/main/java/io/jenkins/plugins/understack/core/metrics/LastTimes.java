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
import java.util.HashSet;
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
    /** Those that were not there at the last save. */
    private Set<String> absent = Set.of();

    public LastTimes(Metrics metrics, StateStore store) {
        this.metrics = metrics;
        this.store = store;
        this.sensors = store.map("sensorTimes");
        this.sources = store.map("sourceTimes");
    }

    /** What is known of a sensor, also from before the last restart. */
    public SensorFigures sensor(String name) {
        return sensor(name, read(sensors, name));
    }

    private SensorFigures sensor(String name, String saved) {
        return metrics.figures(name).or(parse(saved));
    }

    /**
     * When a source last received an event, or null.
     *
     * @param lastEvent the same, since this process began, or null
     */
    public Instant source(String name, Instant lastEvent) {
        return lastEvent == null ? instant(read(sources, name)) : lastEvent;
    }

    /** Null for what is none. */
    private static Instant instant(String saved) {
        try {
            return saved == null ? null : Instant.parse(saved);
        } catch (DateTimeException e) {
            return null;
        }
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
     * To be called every now and then, and before the end. Writes what has changed, and forgets those that are gone: not there in two
     * saves in a row, since while a configuration is loaded anew some are not there for a moment.
     *
     * @param sensorNames of all there are
     * @param lastEvents of all sources there are, by their names; null for never
     * @return completes when it is on disk, or with {@link UncheckedIOException} where the saved ones cannot be read, which stay as they are
     */
    public synchronized CompletableFuture<Void> save(Collection<String> sensorNames, Map<String, Instant> lastEvents) {
        try {
            return saveChanges(sensorNames, lastEvents);
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> saveChanges(Collection<String> sensorNames, Map<String, Instant> lastEvents) {
        Map<String, String> ofSensors = new HashMap<>();
        sensorNames.forEach(name -> ofSensors.put(name, print(sensor(name, sensors.get(name)))));
        Map<String, String> ofSources = new HashMap<>();
        lastEvents.forEach((name, time) -> ofSources.put(name, Objects.toString(time == null ? instant(sources.get(name)) : time, null)));
        absent = keepOnce(ofSensors, ofSources);
        if (isSaved(sensors, ofSensors) && isSaved(sources, ofSources)) {
            return CompletableFuture.completedFuture(null);
        }
        return store.writeSoon(() -> {
            replace(sensors, ofSensors);
            replace(sources, ofSources);
        });
    }

    /** Adds those that are saved and absent for the first time as they are; returns them. */
    private Set<String> keepOnce(Map<String, String> ofSensors, Map<String, String> ofSources) {
        Set<String> now = new HashSet<>();
        keepOnce("sensor ", sensors, ofSensors, now);
        keepOnce("source ", sources, ofSources, now);
        return now;
    }

    private void keepOnce(String kind, StateMap saved, Map<String, String> wanted, Set<String> now) {
        for (Map.Entry<String, String> entry : saved.entrySet()) {
            String name = entry.getKey();
            if (!wanted.containsKey(name) && !absent.contains(kind + name)) {
                wanted.put(name, entry.getValue());
                now.add(kind + name);
            }
        }
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
