package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The last events with their data, and what the sensors made of them: for trying out sensors and for replay. In memory only, since
 * an event that no sensor matches must cost no disk. Thread-safe.
 */
public final class RecentEvents implements DecisionListener {
    /** Some hours of a site with a few hundred machines, and still answered within a second. */
    static final int MAX_EVENTS = 2_000;

    /** About what they take of the heap: 16 kB for each of {@link #MAX_EVENTS}, several times a notification with its decisions. */
    static final long MAX_BYTES = 32L * 1024 * 1024;

    /** What one of these takes beside the characters of its texts: objects, references, entries of maps. */
    private static final int EVENT_BYTES = 500;

    private static final int DECISION_BYTES = 150;
    private static final int START_BYTES = 200;
    private static final int PARAMETER_BYTES = 100;
    private static final int REASON_BYTES = 120;

    private final Predicate<String> central;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private Instant since;

    /**
     * One event.
     *
     * @param attributes the event without its data
     * @param json its data; as text, because a tree takes about ten times the memory
     * @param decisions with the values of parameters
     * @param central names of the sensors among them that belong to the central list, not to a job
     * @param again whether the event was here before: it has waited for others too long
     */
    public record Entry(Event attributes, byte[] json, List<Decision> decisions, Set<String> central, boolean again) {
        /** The complete event; its data are parsed anew with each call. */
        public Event event() {
            try {
                return attributes.withData(Json.OWN.readTree(json));
            } catch (IOException e) {
                throw new UncheckedIOException("what was JSON is so no more", e);
            }
        }

        private long size() {
            return EVENT_BYTES + json.length + decisions.stream().mapToLong(RecentEvents::size).sum();
        }
    }

    /**
     * @param start when the first event may come
     * @param central whether a sensor of this name belongs to the central list
     */
    public RecentEvents(Instant start, Predicate<String> central) {
        this.since = start;
        this.central = central;
    }

    @Override
    public void decided(Event event, List<Decision> decisions) {
        add(event, decisions, false);
    }

    @Override
    public void expired(Event event, Decision decision) {
        add(event, List.of(decision), true);
    }

    private void add(Event event, List<Decision> decisions, boolean again) {
        byte[] json = event.data().toString().getBytes(StandardCharsets.UTF_8);
        Set<String> names = new LinkedHashSet<>();
        decisions.stream().map(Decision::sensor).filter(central).forEach(names::add);
        add(new Entry(event.withData(NullNode.getInstance()), json, List.copyOf(decisions), names, again));
    }

    private synchronized void add(Entry entry) {
        entries.addFirst(entry);
        bytes += entry.size();
        // The newest is kept whatever its size, which its source bounds.
        while (entries.size() > MAX_EVENTS || bytes > MAX_BYTES && entries.size() > 1) {
            bytes -= entries.removeLast().size();
            since = entries.getLast().attributes().time();
        }
    }

    private static long size(Decision decision) {
        long reasons = decision.reasons().stream()
                .mapToLong(reason -> REASON_BYTES + reason.part().length() + reason.detail().length())
                .sum();
        return DECISION_BYTES + reasons + decision.starts().stream().mapToLong(RecentEvents::size).sum();
    }

    private static long size(Start start) {
        Start.Keys keys = start.keys();
        return START_BYTES
                + Stream.of(keys.serialize(), keys.coalesce(), keys.limit()).filter(Objects::nonNull).mapToLong(String::length).sum()
                + start.parameters().values().stream().mapToLong(value -> PARAMETER_BYTES + value.length()).sum();
    }

    /** Newest first. */
    public synchronized List<Entry> entries() {
        return Collections.unmodifiableList(new ArrayList<>(entries));
    }

    /** From when on every event is here: the start of the record, or the oldest one where older ones had to go. */
    public synchronized Instant since() {
        return since;
    }
}
