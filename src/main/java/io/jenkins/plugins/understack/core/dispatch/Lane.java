package io.jenkins.plugins.understack.core.dispatch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The starts of one sensor that wait, in the order of events. Of one key the oldest is first, however often it is refused. */
final class Lane {
    private final TreeMap<String, Ticket> ready = new TreeMap<>();
    private final PriorityQueue<Ticket> refused = new PriorityQueue<>(Comparator.comparing(Ticket::due).thenComparing(Ticket::id));
    /** Behind one of the same key that was refused. */
    private final Map<String, Deque<Ticket>> behind = new HashMap<>();

    /** A start that waits; one with a later {@code due} was refused before. */
    void add(Ticket ticket, Instant now) {
        if (ticket.due().isAfter(now)) {
            refuse(ticket);
        } else if (ticket.key() != null && behind.containsKey(ticket.key())) {
            behind.get(ticket.key()).add(ticket);
        } else {
            ready.put(ticket.id(), ticket);
        }
    }

    /** It waits until it is due, and all of its key behind it. */
    void refuse(Ticket ticket) {
        refused.add(ticket);
        if (ticket.key() != null) {
            Deque<Ticket> later = behind.computeIfAbsent(ticket.key(), key -> new ArrayDeque<>());
            ready.tailMap(ticket.id(), false).values().removeIf(other -> {
                boolean same = ticket.key().equals(other.key());
                if (same) {
                    later.add(other);
                }
                return same;
            });
        }
    }

    /** The next one that may be tried, taken out of the lane, or null. */
    Ticket take(Instant now) {
        if (!refused.isEmpty() && !refused.peek().due().isAfter(now)) {
            return refused.poll();
        }
        Map.Entry<String, Ticket> first = ready.pollFirstEntry();
        return first == null ? null : first.getValue();
    }

    /** One that was taken has left for good; what waited behind it may go. */
    void left(Ticket ticket) {
        Deque<Ticket> later = ticket.key() == null ? null : behind.remove(ticket.key());
        if (later != null) {
            later.forEach(other -> ready.put(other.id(), other));
        }
    }

    /** When the next one is due; null where nothing waits. */
    Instant due() {
        return !ready.isEmpty() ? Instant.MIN : refused.isEmpty() ? null : refused.peek().due();
    }
}
