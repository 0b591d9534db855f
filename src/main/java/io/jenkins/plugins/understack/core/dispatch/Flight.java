package io.jenkins.plugins.understack.core.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The starts that are queued or run, counted for each sensor and source. Used with the starter's lock. */
final class Flight {
    private final Map<String, Flying> flying = new HashMap<>();
    private final Map<String, Integer> ofSensor = new HashMap<>();
    private final Map<String, Integer> ofSource = new HashMap<>();

    private record Flying(Ticket ticket, Instant since) {}

    void begin(Ticket ticket, Instant now) {
        if (flying.putIfAbsent(ticket.id(), new Flying(ticket, now)) == null) {
            ofSensor.merge(ticket.sensor(), 1, Integer::sum);
            ofSource.merge(ticket.source(), 1, Integer::sum);
        }
    }

    /** Null where it does not fly. */
    Ticket end(String id) {
        Flying ended = flying.remove(id);
        Ticket ticket = ended == null ? null : ended.ticket;
        if (ticket != null) {
            ofSensor.merge(ticket.sensor(), -1, Flight::sum);
            ofSource.merge(ticket.source(), -1, Flight::sum);
        }
        return ticket;
    }

    private static Integer sum(int one, int other) {
        return one + other == 0 ? null : one + other;
    }

    int ofSensor(String sensor) {
        return ofSensor.getOrDefault(sensor, 0);
    }

    int ofSource(String source) {
        return ofSource.getOrDefault(source, 0);
    }

    List<String> before(Instant time) {
        return flying.values().stream().filter(one -> one.since.isBefore(time)).map(one -> one.ticket.id()).toList();
    }

    boolean has(String id) {
        return flying.containsKey(id);
    }
}
