package io.jenkins.plugins.understack.core.sensor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All sensors, by the event they depend on: finding those of an event does not get slower with the number of sensors.
 * Thread-safe. Adding and removing does no I/O, because Jenkins does it with every saved job.
 */
public final class SensorIndex {
    private final Map<String, SensorProgram> byKey = new ConcurrentHashMap<>();
    private final Map<Dependency, Map<String, SensorProgram>> byDependency = new ConcurrentHashMap<>();

    /** @param key identifies the owner of the sensor; an earlier sensor with this key is replaced */
    public synchronized void put(String key, SensorProgram program) {
        SensorProgram old = byKey.put(key, program);
        Dependency dependency = program.sensor().dependency();
        byDependency.computeIfAbsent(dependency, d -> new ConcurrentHashMap<>()).put(key, program);
        if (old != null && !old.sensor().dependency().equals(dependency)) {
            forget(key, old.sensor().dependency());
        }
    }

    public synchronized void remove(String key) {
        SensorProgram old = byKey.remove(key);
        if (old != null) {
            forget(key, old.sensor().dependency());
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

    private void forget(String key, Dependency dependency) {
        Map<String, SensorProgram> programs = byDependency.get(dependency);
        programs.remove(key);
        if (programs.isEmpty()) {
            byDependency.remove(dependency);
        }
    }

    /** The sensor of that owner, or null. */
    public SensorProgram get(String key) {
        return byKey.get(key);
    }

    public Collection<SensorProgram> find(Dependency dependency) {
        Map<String, SensorProgram> programs = byDependency.get(dependency);
        return programs == null ? List.of() : programs.values();
    }

    public Collection<SensorProgram> all() {
        return List.copyOf(byKey.values());
    }
}
