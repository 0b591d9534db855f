package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.inbox.InboxMaps.IndexEntry;
import io.jenkins.plugins.understack.core.source.Retention;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forgets handled events by the rules of {@link Retention}; what waits and dead letters stay. */
final class Housekeeping {
    /** Others write in between. */
    private static final int MOST_AT_ONCE = 1_000;

    private final InboxMaps maps;

    Housekeeping(InboxMaps maps) {
        this.maps = maps;
    }

    private static final class Totals {
        private int events;
        private long bytes;

        private void add(IndexEntry entry, int sign) {
            events += sign;
            bytes += (long) sign * entry.bytes();
        }

        private boolean exceed(Retention retention) {
            return events > retention.events() || bytes > retention.bytes();
        }
    }

    void run(StateStore store, InboxSettings settings, Instant now) {
        store.write(() -> new Identities(maps).prune(now.minus(settings.identityWindow())));
        List<String> old = old(settings, now);
        for (int i = 0; i < old.size(); i += MOST_AT_ONCE) {
            List<String> some = old.subList(i, Math.min(old.size(), i + MOST_AT_ONCE));
            store.write(() -> some.forEach(this::remove));
        }
    }

    /** In the order of acceptance. */
    private List<String> old(InboxSettings settings, Instant now) {
        Map<String, Totals> totals = new HashMap<>();
        for (Map.Entry<String, String> entry : maps.index.from("")) {
            IndexEntry found = IndexEntry.parse(entry.getValue());
            totals.computeIfAbsent(found.source(), source -> new Totals()).add(found, 1);
        }
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, String> entry : maps.index.from("")) {
            IndexEntry found = IndexEntry.parse(entry.getValue());
            Totals ofSource = totals.get(found.source());
            Retention retention = settings.retentionOf(found.source());
            boolean tooMuch = ofSource != null && ofSource.exceed(retention);
            if ((tooMuch || found.accepted().isBefore(now.minus(retention.age()))) && !isOpen(entry.getKey())) {
                old.add(entry.getKey());
                if (ofSource != null) {
                    ofSource.add(found, -1);
                }
            }
        }
        return old;
    }

    private boolean isOpen(String number) {
        return InboxMaps.hasPrefix(maps.starts, number) || InboxMaps.hasPrefix(maps.deadLetters, number);
    }

    private void remove(String number) {
        // A replay may have come since it was looked at.
        if (!isOpen(number)) {
            maps.events.remove(number);
            maps.index.remove(number);
            removePrefix(maps.outcomes, number);
        }
    }

    private static void removePrefix(StateMap map, String prefix) {
        for (Map.Entry<String, String> entry : map.from(prefix)) {
            if (!entry.getKey().startsWith(prefix)) {
                return;
            }
            map.remove(entry.getKey());
        }
    }
}
