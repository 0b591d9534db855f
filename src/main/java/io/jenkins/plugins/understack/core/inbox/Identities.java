package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.event.Event;
import java.time.Instant;
import java.util.Map;

/** Which events were accepted before. */
final class Identities {
    private final InboxMaps maps;

    Identities(InboxMaps maps) {
        this.maps = maps;
    }

    static String of(Event event) {
        return event.source() + "\n" + event.name() + "\n" + event.id();
    }

    boolean isKnown(Event event) {
        return maps.identities.containsKey(of(event));
    }

    /** To be called within a write. */
    void add(String number, Event event, Instant now) {
        maps.identities.put(of(event), number);
        maps.arrivals.put(number, now.toEpochMilli() + " " + of(event));
    }

    /** Forgets what came before {@code cutoff}; to be called within a write. */
    void prune(Instant cutoff) {
        for (Map.Entry<String, String> entry : maps.arrivals.from("")) {
            String[] parts = entry.getValue().split(" ", 2);
            if (Long.parseLong(parts[0]) >= cutoff.toEpochMilli()) {
                return;
            }
            maps.arrivals.remove(entry.getKey());
            // It may have come again since, under another number.
            if (entry.getKey().equals(maps.identities.get(parts[1]))) {
                maps.identities.remove(parts[1]);
            }
        }
    }
}
