package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVStore;

/**
 * The file of a store. It is opened when it is first needed. After an error, such as a full disk, H2 closes its store for good:
 * until {@link #mend} has gone back to what is on disk, nobody uses it. Thread-safe.
 */
final class StoreFile {
    private static final Logger LOGGER = Logger.getLogger(StoreFile.class.getName());
    /** A large file takes its time to be salvaged; who waits longer is told what is wrong. */
    private static final Duration LONGEST_MENDING = Duration.ofSeconds(10);

    private final Path file;
    private final MvFile opener;
    private final Runnable onBroken;
    private MVStore store;
    private boolean closing;
    private boolean closed;
    private volatile Broken broken;
    /** Made in time: it may be needed where there is no memory for it. */
    private final Broken halfDone;

    private record Broken(UncheckedIOException failure, boolean damaged) {}

    /** @param onBroken has {@link #mend} called, by another thread */
    StoreFile(Path file, MvFile opener, Runnable onBroken) {
        this.file = file;
        this.opener = opener;
        this.onBroken = onBroken;
        this.halfDone = new Broken(
                new UncheckedIOException(new IOException(file + " is opened again: changes that belong together failed")), false);
    }

    /** @throws UncheckedIOException where it is broken, or breaks now */
    <T> T with(Function<MVStore, T> work) {
        Broken before = broken;
        if (before != null) {
            throw before.failure;
        }
        // Java closes a file for everybody when a thread that reads it is interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            return work.apply(open());
        } catch (UncheckedIOException e) {
            // It was not even opened.
            throw e;
        } catch (RuntimeException | Error e) {
            // Where memory is short it is opened anew as well: H2 has closed it, or nobody knows how far it came.
            UncheckedIOException failure =
                    new UncheckedIOException(new IOException(file + " cannot be used: " + e.getMessage(), e));
            breakOff(failure, MvFile.isDamage(e));
            throw failure;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized MVStore open() {
        if (closed) {
            throw closedException();
        }
        if (store == null) {
            store = opener.open();
        }
        return store;
    }

    UncheckedIOException closedException() {
        return new UncheckedIOException(new IOException(file + " is closed"));
    }

    private void breakOff(UncheckedIOException failure, boolean damaged) {
        synchronized (this) {
            broken = new Broken(failure, damaged || broken != null && broken.damaged);
        }
        onBroken.run();
    }

    /** Half of some changes may have been made, which must not go out with those of others. */
    void breakOff() {
        synchronized (this) {
            broken = broken == null ? halfDone : broken;
        }
        onBroken.run();
    }

    /** What went wrong with it, or null. */
    UncheckedIOException failure() {
        Broken now = broken;
        return now == null ? null : now.failure;
    }

    /** Goes back to what is on disk. Nobody uses it meanwhile, and nobody is in the middle of changes. */
    synchronized void mend() {
        try {
            if (store != null) {
                MVStore old = store;
                // Whatever comes, what is not on disk does not come back.
                store = null;
                old.closeImmediately();
            }
            if (broken != null && broken.damaged) {
                opener.salvage();
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, e, () -> file + " cannot be mended");
        } finally {
            broken = null;
            notifyAll();
        }
    }

    /** Not for who is in the middle of changes, nor for who mends. */
    void awaitMended() {
        if (broken == null) {
            return;
        }
        long deadline = System.nanoTime() + LONGEST_MENDING.toNanos();
        synchronized (this) {
            try {
                for (long left = 1; broken != null && !closing && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nobody mends it any more. */
    synchronized void endWaits() {
        closing = true;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        if (store != null && broken != null) {
            // What is not on disk was undone.
            store.closeImmediately();
        } else if (store != null && !store.isClosed()) {
            store.close();
        }
        store = null;
    }
}
