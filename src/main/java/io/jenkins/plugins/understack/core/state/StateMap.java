package io.jenkins.plugins.understack.core.state;

import java.util.Map;

/** A map of text in the order of its keys (by UTF-16 unit). Thread-safe; {@link #entrySet} is a copy of the moment. */
public interface StateMap extends Map<String, String> {
    /** The entries from {@code key} on, it included, upwards; read as they are walked over. */
    Iterable<Map.Entry<String, String>> from(String key);

    /** The entries below {@code key}, it excluded, downwards; read as they are walked over. Null begins at the end. */
    Iterable<Map.Entry<String, String>> below(String key);

    /** The highest key, or null. */
    String lastKey();
}
