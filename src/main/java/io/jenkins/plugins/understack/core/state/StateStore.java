package io.jenkins.plugins.understack.core.state;

import java.util.concurrent.ConcurrentMap;

/** Maps of text that outlive the process. Thread-safe. */
public interface StateStore extends AutoCloseable {
    /** A live map; what is put into it is on disk after the next {@link #save}. */
    ConcurrentMap<String, String> map(String name);

    /** Returns when all changes are on disk. */
    void save();

    @Override
    void close();
}
