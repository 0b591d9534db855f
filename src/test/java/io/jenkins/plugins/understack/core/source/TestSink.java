package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.event.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A sink that takes or refuses every event at once, as a lambda. */
@FunctionalInterface
public interface TestSink extends EventSink {
    void take(Event event) throws Exception;

    static EventSink of(TestSink sink) {
        return sink;
    }

    /** Hands an event to a sink and returns when it is safe. */
    static void send(EventSink sink, Event event) throws EventNotAcceptedException {
        try {
            sink.accept(event).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EventNotAcceptedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    @Override
    default CompletableFuture<Void> accept(Event event) {
        try {
            take(event);
            return CompletableFuture.completedFuture(null);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    default CompletableFuture<Void> bury(UnreadableMessage message) {
        return CompletableFuture.completedFuture(null);
    }
}
