package io.jenkins.plugins.understack.core.sensor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All sensors, by the origin of the events they depend on: finding those of an event does not get slower with the number of sensors.
 * Thread-safe. Adding and removing does no I/O, because Jenkins does it with every saved job.
 */
public final class SensorIndex {
    private final Map<String, SensorProgram> byKey = new ConcurrentHashMap<>();
    private final Map<Origin, Map<String, SensorProgram>> byOrigin = new ConcurrentHashMap<>();

    /** @param key identifies the owner of the sensor; an earlier sensor with this key is replaced */
    public synchronized void put(String key, SensorProgram program) {
        SensorProgram old = byKey.put(key, program);
        Set<Origin> origins = origins(program);
        origins.forEach(origin -> byOrigin.computeIfAbsent(origin, o -> new ConcurrentHashMap<>()).put(key, program));
        if (old != null) {
            origins(old).stream().filter(origin -> !origins.contains(origin)).forEach(origin -> forget(key, origin));
        }
    }

    private static Set<Origin> origins(SensorProgram program) {
        return program.sensor().dependencies().stream().map(Dependency::origin).collect(Collectors.toSet());
    }

    public synchronized void remove(String key) {
        SensorProgram old = byKey.remove(key);
        if (old != null) {
            origins(old).forEach(origin -> forget(key, origin));
        }
    }

    /** Removes the sensor unless its owner has replaced {@code program} meanwhile. */
    public synchronized void remove(String key, SensorProgram program) {
        if (program.equals(byKey.get(key))) {
            remove(key);
        }
    }

    public synchronized void removeIf(Predicate<String> key) {
        List.copyOf(byKey.keySet()).stream().filter(key).forEach(this::remove);
    }

    private void forget(String key, Origin origin) {
        Map<String, SensorProgram> programs = byOrigin.get(origin);
        programs.remove(key);
        if (programs.isEmpty()) {
            byOrigin.remove(origin);
        }
    }

    /** The sensor of that owner, or null. */
    public SensorProgram get(String key) {
        return byKey.get(key);
    }

    public Collection<SensorProgram> find(Origin origin) {
        Map<String, SensorProgram> programs = byOrigin.get(origin);
        return programs == null ? List.of() : programs.values();
    }

    public Collection<SensorProgram> all() {
        return List.copyOf(byKey.values());
    }
}
