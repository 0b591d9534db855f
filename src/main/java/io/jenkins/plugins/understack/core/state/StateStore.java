package io.jenkins.plugins.understack.core.state;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Maps of text that outlive the process. Thread-safe. What goes wrong is an {@link UncheckedIOException}; all that was not on disk
 * is undone then, and the next call tries anew.
 */
public interface StateStore extends AutoCloseable {
    /** A live map; what is put into it is on disk after the next {@link #save}, or with the {@link #write} that does it. */
    StateMap map(String name);

    /**
     * Makes changes that belong together: after a crash all of them are there or none. They are made at once, by the caller's thread.
     *
     * @return completes when they are on disk, or with an {@link UncheckedIOException} when they were undone; its dependants run on
     *     the thread that writes for everybody, so they must not wait for anything
     */
    CompletableFuture<Void> write(Runnable changes);

    /** As {@link #write}, for what nobody waits for: it may be on disk a little later, together with what others write. */
    default CompletableFuture<Void> writeSoon(Runnable changes) {
        return write(changes);
    }

    /** Returns when all changes are on disk. */
    default void save() {
        save(() -> {});
    }

    /** As {@link #write}, and returns when they are on disk. */
    default void save(Runnable changes) {
        try {
            write(changes).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException io ? io : e;
        }
    }

    /** What it takes on disk. */
    default long bytes() {
        return 0;
    }

    /** Why nothing can be written at present, or null. */
    String problem();

    @Override
    void close();
}
