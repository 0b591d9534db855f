package io.jenkins.plugins.understack.core.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything at the end of the process: for the workbench and for trying out. */
public final class MemoryStateStore implements StateStore {
    private final Map<String, Map<String, String>> maps = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> map(String name) {
        return maps.computeIfAbsent(name, n -> new ConcurrentHashMap<>());
    }

    @Override
    public void save() {
        // Nothing outlives the process.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
