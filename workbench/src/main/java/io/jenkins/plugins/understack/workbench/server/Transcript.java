package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the order of a story: a run may end before the decision that started it was told, and is then held back until that
 * is done. Thread-safe; no thread waits for another.
 */
final class Transcript implements RunListener {
    private final RunListener listener;
    private final Map<String, Held> open = new HashMap<>();

    Transcript(RunListener listener) {
        this.listener = listener;
    }

    /** The same event may come twice at once. */
    private static final class Held {
        private final List<Runnable> runs = new ArrayList<>();
        private int arrivals;
    }

    /** The same sink; runs that it starts are told of after its decisions. */
    EventSink around(EventSink sink) {
        return new EventSink() {
            @Override
            public CompletableFuture<Void> accept(Event event) {
                synchronized (open) {
                    open.computeIfAbsent(identity(event), key -> new Held()).arrivals++;
                }
                return sink.accept(event).whenComplete((done, failure) -> release(event));
            }

            @Override
            public CompletableFuture<Void> bury(UnreadableMessage message) {
                return sink.bury(message);
            }
        };
    }

    /** A run has the event as it was read from the inbox. */
    private static String identity(Event event) {
        return event.source() + "\n" + event.name() + "\n" + event.id();
    }

    private void release(Event event) {
        List<Runnable> runs = List.of();
        synchronized (open) {
            Held held = open.get(identity(event));
            if (--held.arrivals == 0) {
                runs = open.remove(identity(event)).runs;
            }
        }
        runs.forEach(Runnable::run);
    }

    @Override
    public void ended(Event event, String sensor, WorkflowResult result) {
        synchronized (open) {
            Held held = open.get(identity(event));
            if (held != null) {
                held.runs.add(() -> listener.ended(event, sensor, result));
                return;
            }
        }
        listener.ended(event, sensor, result);
    }
}
