package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.event.Event;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Which events were accepted before, or are being accepted. */
final class Identities {
    private final InboxMaps maps;
    private final Map<String, CompletableFuture<Void>> arriving = new ConcurrentHashMap<>();

    Identities(InboxMaps maps) {
        this.maps = maps;
    }

    private static String of(Event event) {
        return event.source() + "\n" + event.name() + "\n" + event.id();
    }

    /** Null for an event that nobody knows, which is reserved until {@link #release}; else completes when the first one is safe. */
    CompletableFuture<Void> reserve(Event event) {
        String identity = of(event);
        CompletableFuture<Void> other = arriving.putIfAbsent(identity, new CompletableFuture<>());
        if (other != null) {
            return other;
        }
        try {
            if (!maps.identities.containsKey(identity)) {
                return null;
            }
        } catch (RuntimeException | Error e) {
            release(event, e);
            throw e;
        }
        release(event, null);
        return CompletableFuture.completedFuture(null);
    }

    /** @param failure why it was not accepted; null when it is safe */
    void release(Event event, Throwable failure) {
        CompletableFuture<Void> reserved = arriving.remove(of(event));
        if (failure == null) {
            reserved.complete(null);
        } else {
            reserved.completeExceptionally(failure);
        }
    }

    /** To be called within a write. */
    void add(String number, Event event, Instant now) {
        maps.identities.put(of(event), number);
        maps.arrivals.put(number, now.toEpochMilli() + " " + of(event));
    }

    /** Forgets what came before {@code cutoff}, the oldest {@code most} of it; to be called within a write. Whether there is more. */
    boolean prune(Instant cutoff, int most) {
        int pruned = 0;
        for (Map.Entry<String, String> entry : maps.arrivals.from("")) {
            String[] parts = entry.getValue().split(" ", 2);
            if (Long.parseLong(parts[0]) >= cutoff.toEpochMilli()) {
                return false;
            }
            if (pruned++ == most) {
                return true;
            }
            maps.arrivals.remove(entry.getKey());
            // It may have come again since, under another number.
            if (entry.getKey().equals(maps.identities.get(parts[1]))) {
                maps.identities.remove(parts[1]);
            }
        }
        return false;
    }
}
