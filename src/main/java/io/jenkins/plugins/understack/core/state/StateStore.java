package io.jenkins.plugins.understack.core.state;

import java.util.Map;

/**
 * Maps of text that outlive the process. Thread-safe. What goes wrong is an {@link java.io.UncheckedIOException}; all that was not
 * saved is undone then, and the next call tries anew.
 */
public interface StateStore extends AutoCloseable {
    /** A live map; what is put into it is on disk after the next {@link #save}. Its entries are a copy of the moment. */
    Map<String, String> map(String name);

    /** Returns when all changes are on disk. */
    void save();

    @Override
    void close();
}
