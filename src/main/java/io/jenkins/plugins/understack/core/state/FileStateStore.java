package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * In one file (H2's MVStore: log-structured, survives a crash at any point with all that was written). One thread writes for
 * everybody: what comes while it writes is written together, so that one wait for the disk serves many.
 *
 * <p>The file is opened when it is first needed. After an error, such as a full disk, H2 closes its store for good; what was on disk
 * is read from the file again with the next use.
 */
public final class FileStateStore implements StateStore {
    private static final Logger LOGGER = Logger.getLogger(FileStateStore.class.getName());

    /** A large file takes its time to be salvaged; who waits longer is told what is wrong. */
    private static final Duration LONGEST_MENDING = Duration.ofSeconds(10);

    private static final int WRITES_PER_COMPACTION = 1_000;
    /** Percent of the file that is in use; what is below is moved together. */
    private static final int FILL_RATE = 50;

    private static final int MOST_MOVED_BYTES = 1024 * 1024;

    private final Path file;
    private final MvFile opener;
    /** Changes are made with the read lock, so that no write takes half of what belongs together. */
    private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

    private final Object queue = new Object();
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private Thread writer;
    private boolean closed;
    private long writes;

    private boolean ended;
    private volatile MVStore store;
    private volatile String problem;
    /** What went wrong with the open file. Until the writer has gone back to what is on disk, nobody changes anything. */
    private volatile Broken broken;

    private record Broken(UncheckedIOException failure, boolean damaged) {}


    public FileStateStore(Path file, Clock clock) {
        this(file, new MvFile("", MvFile.RETENTION, file, clock));
    }

    FileStateStore(Path file, MvFile opener) {
        this.file = file;
        this.opener = opener;
    }

    @Override
    public StateMap map(String name) {
        return new SavedMap(this, name);
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public CompletableFuture<Void> write(Runnable changes) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        awaitMended();
        changing.readLock().lock();
        try {
            changes.run();
            synchronized (queue) {
                if (closed) {
                    throw new UncheckedIOException(new IOException(file + " is closed"));
                }
                waiting.add(written);
                startWriter();
                queue.notifyAll();
            }
        } catch (RuntimeException e) {
            // Half of it may have been done, which must not go out with the changes of others.
            breakOff(new UncheckedIOException(new IOException("changes that belong together failed", e)), false);
            written.completeExceptionally(e);
        } finally {
            changing.readLock().unlock();
        }
        return written;
    }

    private void startWriter() {
        if (writer == null) {
            writer = new Thread(this::writeAll, "UnderStack store " + file.getFileName());
            writer.setDaemon(true);
            writer.start();
        }
    }

    private void writeAll() {
        while (awaitWork()) {
            List<CompletableFuture<Void>> batch;
            UncheckedIOException failure = null;
            changing.writeLock().lock();
            try {
                batch = takeWaiting();
                failure = broken == null ? attempt(MVStore::commit) : broken.failure;
            } finally {
                changing.writeLock().unlock();
            }
            // Without the lock: others go on with their changes while the disk works.
            failure = failure == null ? attempt(this::sync) : failure;
            if (failure != null) {
                batch.addAll(mend());
            }
            problem = failure == null ? null : failure.getCause().getMessage();
            answer(batch, failure);
        }
    }

    /** False when there is nothing more to do, ever. */
    private boolean awaitWork() {
        synchronized (queue) {
            try {
                while (waiting.isEmpty() && broken == null && !closed) {
                    queue.wait();
                }
                return !waiting.isEmpty() || broken != null && !closed;
            } catch (InterruptedException e) {
                return false;
            }
        }
    }

    private List<CompletableFuture<Void>> takeWaiting() {
        synchronized (queue) {
            List<CompletableFuture<Void>> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        }
    }

    private void sync(MVStore opened) {
        opened.sync();
        if (++writes % WRITES_PER_COMPACTION == 0) {
            opened.compact(FILL_RATE, MOST_MOVED_BYTES);
        }
    }

    /** Null, or what went wrong. */
    private UncheckedIOException attempt(Consumer<MVStore> work) {
        try {
            with(opened -> {
                work.accept(opened);
                return null;
            });
            return null;
        } catch (UncheckedIOException e) {
            return e;
        }
    }

    /** Goes back to what is on disk; returns those whose changes are undone by that. */
    private List<CompletableFuture<Void>> mend() {
        changing.writeLock().lock();
        try {
            if (store != null) {
                store.closeImmediately();
                store = null;
            }
            if (broken != null && broken.damaged) {
                opener.salvage();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> file + " cannot be mended");
        } finally {
            synchronized (queue) {
                broken = null;
                queue.notifyAll();
            }
            changing.writeLock().unlock();
        }
        return takeWaiting();
    }

    private static void answer(List<CompletableFuture<Void>> batch, UncheckedIOException failure) {
        for (CompletableFuture<Void> written : batch) {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        }
    }

    <T> T read(String name, Function<MVMap<String, String>, T> work) {
        return with(opened -> work.apply(MvFile.map(opened, name)));
    }

    private <T> T with(Function<MVStore, T> work) {
        awaitMended();
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
        } catch (RuntimeException e) {
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

    /** Until the writer has gone back to what is on disk, nobody changes anything. */
    private void breakOff(UncheckedIOException failure, boolean damaged) {
        synchronized (queue) {
            broken = new Broken(failure, damaged || broken != null && broken.damaged);
            startWriter();
            queue.notifyAll();
        }
    }

    /** Not for who is in the middle of changes: the writer waits for them. */
    private void awaitMended() {
        if (broken == null || changing.getReadHoldCount() > 0 || Thread.currentThread() == writer) {
            return;
        }
        long deadline = System.nanoTime() + LONGEST_MENDING.toNanos();
        synchronized (queue) {
            try {
                for (long left = 1; broken != null && !closed && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                    queue.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized MVStore open() {
        if (ended) {
            throw new UncheckedIOException(new IOException(file + " is closed"));
        }
        if (store == null) {
            store = opener.open();
        }
        return store;
    }

    /** Writes what waits to be written, then ends. */
    @Override
    public void close() {
        Thread ending;
        synchronized (queue) {
            closed = true;
            ending = writer;
            queue.notifyAll();
        }
        try {
            if (ending != null) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            ended = true;
            if (store != null && !store.isClosed()) {
                store.close();
            }
            store = null;
        }
    }
}
