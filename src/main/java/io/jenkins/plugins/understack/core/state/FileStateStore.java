package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * In one file (H2's MVStore: log-structured, survives a crash at any point with all that was written). One thread writes for
 * everybody: what comes while it writes is written together, so that one wait for the disk serves many.
 *
 * <p>The file is opened when it is first needed; after an error, such as a full disk, it is opened again with the next use.
 */
public final class FileStateStore implements StateStore {
    /** For how long what nobody waits for may be joined by others. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final Path path;
    private final StoreFile file;
    /** Changes are made with the read lock, so that no write takes half of what belongs together. */
    private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

    private final Object queue = new Object();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    /** When the first of those that wait is to be written, by {@link System#nanoTime}. */
    private long due;

    private Thread writer;
    private boolean closed;

    private volatile String problem;

    public FileStateStore(Path file, Clock clock) {
        this(file, new MvFile("", MvFile.RETENTION, file, clock));
    }

    FileStateStore(Path file, MvFile opener) {
        this.path = file;
        this.file = new StoreFile(file, opener, this::wakeWriter);
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
    public long bytes() {
        return path.toFile().length();
    }

    @Override
    public CompletableFuture<Void> write(Runnable changes) {
        return write(changes, Duration.ZERO);
    }

    @Override
    public CompletableFuture<Void> writeSoon(Runnable changes) {
        return write(changes, SOON);
    }

    private CompletableFuture<Void> write(Runnable changes, Duration within) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        awaitMended();
        changing.readLock().lock();
        try {
            changes.run();
            add(written, System.nanoTime() + within.toNanos());
        } catch (RuntimeException | Error e) {
            file.breakOff();
            written.completeExceptionally(e);
        } finally {
            changing.readLock().unlock();
        }
        return written;
    }

    private void add(CompletableFuture<Void> written, long latest) {
        synchronized (queue) {
            if (closed) {
                throw file.closedException();
            }
            due = waiting.isEmpty() || latest - due < 0 ? latest : due;
            waiting.add(written);
            wakeWriter();
        }
    }

    private void wakeWriter() {
        synchronized (queue) {
            if (writer == null) {
                Thread starting = new Thread(this::writeAll, "UnderStack store " + path.getFileName());
                starting.setDaemon(true);
                starting.start();
                // Not before: where there can be no more threads at present, the next one tries again.
                writer = starting;
            }
            queue.notifyAll();
        }
    }

    private void writeAll() {
        while (awaitWork()) {
            List<CompletableFuture<Void>> batch = new ArrayList<>();
            try {
                writeWaiting(batch);
                problem = null;
                answer(batch, null);
                // What it fails with, the next write fails with.
                attempt(MvFile::compact);
            } catch (UncheckedIOException e) {
                problem = e.getCause().getMessage();
                answer(batch, e);
            } catch (Throwable e) {
                // Most likely for want of memory. Without this thread all would wait for ever.
                file.breakOff();
                problem = path + " cannot be written: " + e;
                answer(batch, new UncheckedIOException(new IOException(problem, e)));
            }
        }
    }

    /**
     * @param batch those that were waiting are added to it
     * @throws UncheckedIOException where they are undone
     */
    private void writeWaiting(List<CompletableFuture<Void>> batch) {
        UncheckedIOException failure;
        changing.writeLock().lock();
        try {
            takeWaiting(batch);
            failure = attempt(MVStore::commit);
        } finally {
            changing.writeLock().unlock();
        }
        // Without the lock: others go on with their changes while the disk works.
        failure = failure == null ? attempt(MVStore::sync) : failure;
        if (failure != null) {
            mend(batch);
            throw failure;
        }
    }

    /** False when there is nothing more to do, ever. */
    private boolean awaitWork() {
        synchronized (queue) {
            try {
                while (!closed && file.failure() == null && !isDue()) {
                    if (waiting.isEmpty()) {
                        queue.wait();
                    } else {
                        TimeUnit.NANOSECONDS.timedWait(queue, due - System.nanoTime());
                    }
                }
                return !waiting.isEmpty() || file.failure() != null && !closed;
            } catch (InterruptedException e) {
                return false;
            }
        }
    }

    private boolean isDue() {
        return !waiting.isEmpty() && due - System.nanoTime() <= 0;
    }

    private void takeWaiting(List<CompletableFuture<Void>> batch) {
        synchronized (queue) {
            batch.addAll(waiting);
            waiting.clear();
        }
    }

    /** Null, or what went wrong. */
    private UncheckedIOException attempt(Consumer<MVStore> work) {
        try {
            file.with(opened -> {
                work.accept(opened);
                return null;
            });
            return null;
        } catch (UncheckedIOException e) {
            return e;
        }
    }

    /** Goes back to what is on disk; those whose changes are undone by that are added. */
    private void mend(List<CompletableFuture<Void>> undone) {
        changing.writeLock().lock();
        try {
            takeWaiting(undone);
            file.mend();
        } finally {
            changing.writeLock().unlock();
        }
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
        awaitMended();
        return file.with(opened -> {
            // Until it is done, no space is used again that it may read.
            MVStore.TxCounter use = opened.registerVersionUsage();
            try {
                return work.apply(MvFile.map(opened, name));
            } finally {
                opened.deregisterVersionUsage(use);
            }
        });
    }

    /** Not for who is in the middle of changes: the writer waits for them. */
    private void awaitMended() {
        if (changing.getReadHoldCount() == 0 && Thread.currentThread() != writer) {
            file.awaitMended();
        }
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
        file.endWaits();
        try {
            if (ending != null) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
