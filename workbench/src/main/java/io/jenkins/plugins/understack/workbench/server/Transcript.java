package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the order of a story: a run may end before the decision that started it was told, and is then held back until that
 * is done. Thread-safe; no thread waits for another.
 */
final class Transcript implements RunListener {
    private final RunListener listener;
    private final Map<Event, List<Runnable>> open = new IdentityHashMap<>();

    Transcript(RunListener listener) {
        this.listener = listener;
    }

    /** The same sink; runs that it starts are told of after its decisions. */
    EventSink around(EventSink sink) {
        return new EventSink() {
            @Override
            public CompletableFuture<Void> accept(Event event) {
                synchronized (open) {
                    open.put(event, new ArrayList<>());
                }
                try {
                    return sink.accept(event);
                } finally {
                    release(event);
                }
            }

            @Override
            public CompletableFuture<Void> bury(UnreadableMessage message) {
                return sink.bury(message);
            }
        };
    }

    private void release(Event event) {
        List<Runnable> held;
        synchronized (open) {
            held = open.remove(event);
        }
        held.forEach(Runnable::run);
    }

    @Override
    public void ended(Event event, String sensor, WorkflowResult result) {
        synchronized (open) {
            List<Runnable> held = open.get(event);
            if (held != null) {
                held.add(() -> listener.ended(event, sensor, result));
                return;
            }
        }
        listener.ended(event, sensor, result);
    }
}
