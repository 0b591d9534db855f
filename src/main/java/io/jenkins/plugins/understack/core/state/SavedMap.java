package io.jenkins.plugins.understack.core.state;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A map of a {@link FileStateStore}. */
final class SavedMap extends AbstractMap<String, String> implements StateMap {
    private static final Logger LOGGER = Logger.getLogger(SavedMap.class.getName());

    private final FileStateStore store;
    private final String name;

    SavedMap(FileStateStore store, String name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public String get(Object key) {
        return whole((String) key, store.read(name, map -> map.get(key)));
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public String put(String key, String value) {
        return before(key, store.read(name, map -> map.put(key, Checked.wrap(key, value))));
    }

    @Override
    public String remove(Object key) {
        return before((String) key, store.read(name, map -> map.remove(key)));
    }

    private static String before(String key, String wrapped) {
        return wrapped != null && Checked.isWhole(key, wrapped) ? Checked.unwrap(wrapped) : null;
    }

    private String whole(String key, String wrapped) {
        if (wrapped == null || Checked.isWhole(key, wrapped)) {
            return wrapped == null ? null : Checked.unwrap(wrapped);
        }
        LOGGER.log(Level.SEVERE, "an entry of map \"{0}\" is damaged and is lost", name);
        store.read(name, map -> map.remove(key));
        return null;
    }

    @Override
    public int size() {
        return store.read(name, Map::size);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        Map<String, String> copy = new HashMap<>();
        from("").forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(copy).entrySet();
    }

    @Override
    public Iterable<Entry<String, String>> from(String key) {
        return () -> new Walk(store.read(name, map -> map.ceilingKey(key)), last -> store.read(name, map -> map.higherKey(last)));
    }

    @Override
    public Iterable<Entry<String, String>> below(String key) {
        return () -> new Walk(
                store.read(name, map -> key == null ? map.lastKey() : map.lowerKey(key)), last -> store.read(name, map -> map.lowerKey(last)));
    }

    @Override
    public String lastKey() {
        return store.read(name, map -> map.lastKey());
    }

    /** Looks for the next entry when it is asked for: what is walked over may be removed meanwhile. */
    private final class Walk implements Iterator<Entry<String, String>> {
        private final UnaryOperator<String> step;
        private String key;
        private Entry<String, String> next;

        Walk(String first, UnaryOperator<String> step) {
            this.step = step;
            this.key = first;
        }

        @Override
        public boolean hasNext() {
            while (next == null && key != null) {
                String value = get(key);
                next = value == null ? null : Map.entry(key, value);
                key = step.apply(key);
            }
            return next != null;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry<String, String> found = next;
            next = null;
            return found;
        }
    }
}
