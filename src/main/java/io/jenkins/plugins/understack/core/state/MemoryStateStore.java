package io.jenkins.plugins.understack.core.state;

import java.util.AbstractMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Forgets everything at the end of the process: for trying out. */
public final class MemoryStateStore implements StateStore {
    private final Map<String, StateMap> maps = new ConcurrentHashMap<>();

    @Override
    public StateMap map(String name) {
        return maps.computeIfAbsent(name, n -> new MemoryMap());
    }

    @Override
    public CompletableFuture<Void> write(Runnable changes) {
        changes.run();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String problem() {
        return null;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private static final class MemoryMap extends AbstractMap<String, String> implements StateMap {
        private final NavigableMap<String, String> entries = new ConcurrentSkipListMap<>();

        @Override
        public String get(Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return entries.containsKey(key);
        }

        @Override
        public String put(String key, String value) {
            return entries.put(key, value);
        }

        @Override
        public String remove(Object key) {
            return entries.remove(key);
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Map.copyOf(entries).entrySet();
        }

        @Override
        public Iterable<Entry<String, String>> from(String key) {
            return entries.tailMap(key, true).entrySet();
        }

        @Override
        public Iterable<Entry<String, String>> below(String key) {
            return (key == null ? entries : entries.headMap(key, false)).descendingMap().entrySet();
        }

        @Override
        public String lastKey() {
            Entry<String, String> last = entries.lastEntry();
            return last == null ? null : last.getKey();
        }
    }
}
