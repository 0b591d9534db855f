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
import java.util.concurrent.atomic.AtomicBoolean;

/** Forgets handled events by the rules of {@link Retention}; what waits and dead letters stay. */
final class Housekeeping {
    /** Others write in between. */
    private static final int MOST_AT_ONCE = 1_000;

    private final InboxMaps maps;
    private final Identities identities;

    Housekeeping(InboxMaps maps, Identities identities) {
        this.maps = maps;
        this.identities = identities;
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
        forgetIdentities(store, now.minus(settings.identityWindow()));
        Map<String, Totals> totals = totals();
        List<String> some = new ArrayList<>();
        // In the order of acceptance. Removed as they are found: in an hour of much traffic they are more than should be in memory.
        for (Map.Entry<String, String> entry : maps.index.from("")) {
            IndexEntry found = IndexEntry.parse(entry.getValue());
            Totals ofSource = totals.getOrDefault(found.source(), new Totals());
            Retention retention = settings.retentionOf(found.source());
            boolean old = found.accepted().isBefore(now.minus(retention.age())) || ofSource.exceed(retention);
            if (old && !isOpen(entry.getKey())) {
                ofSource.add(found, -1);
                some.add(entry.getKey());
            }
            if (some.size() == MOST_AT_ONCE) {
                remove(store, some);
                some = new ArrayList<>();
            }
        }
        remove(store, some);
    }

    private void forgetIdentities(StateStore store, Instant cutoff) {
        AtomicBoolean more = new AtomicBoolean(true);
        while (more.getAndSet(false)) {
            store.writeSoon(() -> more.set(identities.prune(cutoff, MOST_AT_ONCE)));
        }
    }

    private Map<String, Totals> totals() {
        Map<String, Totals> totals = new HashMap<>();
        for (Map.Entry<String, String> entry : maps.index.from("")) {
            IndexEntry found = IndexEntry.parse(entry.getValue());
            totals.computeIfAbsent(found.source(), source -> new Totals()).add(found, 1);
        }
        return totals;
    }

    private void remove(StateStore store, List<String> numbers) {
        store.writeSoon(() -> numbers.forEach(this::remove));
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
