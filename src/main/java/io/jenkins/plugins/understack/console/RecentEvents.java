package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The last events and what the sensors made of them, in memory, without event data but for the short values that reasons quote. Thread-safe. */
public final class RecentEvents implements DecisionListener {
    private static final int KEPT = 200;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** An event by its attributes. */
    public record Entry(String id, String source, String name, String type, Instant time, List<Decision> decisions) {}

    @Override
    public synchronized void decided(Event event, List<Decision> decisions) {
        if (entries.size() == KEPT) {
            entries.removeLast();
        }
        entries.addFirst(new Entry(
                event.id(),
                event.source(),
                event.name(),
                event.type(),
                event.time(),
                decisions.stream().map(Decision::withoutValues).toList()));
    }

    /** Newest first. */
    public synchronized List<Entry> entries() {
        return Collections.unmodifiableList(new ArrayList<>(entries));
    }
}
