package io.jenkins.plugins.understack.core.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The starts that wait for their turn, a lane for each sensor. Used with the starter's lock. */
final class Lanes {
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Integer> ofSource = new HashMap<>();

    void clear() {
        lanes.clear();
        ofSource.clear();
    }

    private Lane lane(Ticket ticket) {
        return lanes.computeIfAbsent(ticket.sensor(), name -> new Lane());
    }

    void add(Ticket ticket, Instant now) {
        lane(ticket).add(ticket, now);
        ofSource.merge(ticket.source(), 1, Integer::sum);
    }

    /** One that was taken comes back, and waits until it is due. */
    void refuse(Ticket ticket) {
        lane(ticket).refuse(ticket);
        ofSource.merge(ticket.source(), 1, Integer::sum);
    }

    /** One that was taken has left for good. */
    void left(Ticket ticket) {
        lane(ticket).left(ticket);
    }

    /**
     * Takes the next one that is due; sensors take turns. Null where there is none.
     *
     * @param hasRoom which sensors may have one more in flight
     */
    Ticket take(Instant now, Predicate<String> hasRoom) {
        for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
            if (isDue(entry.getValue(), now) && hasRoom.test(entry.getKey())) {
                Ticket ticket = entry.getValue().take(now);
                lanes.put(entry.getKey(), lanes.remove(entry.getKey()));
                ofSource.merge(ticket.source(), -1, Integer::sum);
                return ticket;
            }
        }
        return null;
    }

    boolean isAnyDue(Instant now, Predicate<String> hasRoom) {
        return lanes.entrySet().stream().anyMatch(lane -> isDue(lane.getValue(), now) && hasRoom.test(lane.getKey()));
    }

    private static boolean isDue(Lane lane, Instant now) {
        Instant due = lane.due();
        return due != null && !due.isAfter(now);
    }

    /** Until the next one is due, or {@code longest}. */
    Duration untilDue(Instant now, Predicate<String> hasRoom, Duration longest) {
        Duration shortest = longest;
        for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
            Instant due = entry.getValue().due();
            if (due != null && hasRoom.test(entry.getKey())) {
                Duration left = Duration.between(now, due);
                shortest = left.compareTo(shortest) < 0 ? left : shortest;
            }
        }
        return shortest;
    }

    int ofSource(String source) {
        return ofSource.getOrDefault(source, 0);
    }
}
