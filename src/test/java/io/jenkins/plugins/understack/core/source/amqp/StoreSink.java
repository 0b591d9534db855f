package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/** A sink as the inbox is one: refuses at once when it is full, and says what its disk says on a thread of its own. */
final class StoreSink implements EventSink, AutoCloseable {
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final LinkedBlockingQueue<String> accepted = new LinkedBlockingQueue<>();
    final List<UnreadableMessage> buried = new CopyOnWriteArrayList<>();
    /** Said at once. */
    volatile Exception full;
    /** Said later. */
    volatile Exception diskProblem;
    /** How long a write takes. */
    volatile Duration delay = Duration.ZERO;

    @Override
    public CompletableFuture<Void> accept(Event event) {
        Exception now = full;
        return now != null
                ? CompletableFuture.failedFuture(now)
                : write(() -> accepted.add(event.id()));
    }

    @Override
    public CompletableFuture<Void> bury(UnreadableMessage message) {
        return write(() -> buried.add(message));
    }

    private CompletableFuture<Void> write(Runnable writing) {
        CompletableFuture<Void> safe = new CompletableFuture<>();
        try {
            disk.execute(() -> {
                LockSupport.parkNanos(delay.toNanos());
                Exception problem = diskProblem;
                if (problem != null) {
                    safe.completeExceptionally(problem);
                } else {
                    writing.run();
                    safe.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            // The test is over.
            safe.completeExceptionally(e);
        }
        return safe;
    }

    /** Ids in the order in which they became safe. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        disk.shutdown();
    }
}
