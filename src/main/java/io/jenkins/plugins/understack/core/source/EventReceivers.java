package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import io.jenkins.plugins.understack.core.source.webhook.WebhookReceiver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** All sources at work. A new configuration touches only what differs from the old one. */
public final class EventReceivers implements AutoCloseable {
    private final EventSink sink;
    private final Secrets secrets;
    private final Clock clock;
    private final Metrics metrics;
    private volatile Map<String, EventReceiver> receivers = Map.of();

    /** With figures that nobody exports. */
    public EventReceivers(EventSink sink, Secrets secrets, Clock clock) {
        this(sink, secrets, clock, new Metrics());
    }

    public EventReceivers(EventSink sink, Secrets secrets, Clock clock, Metrics metrics) {
        this.sink = sink;
        this.secrets = secrets;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Starts, stops and restarts sources until exactly these are at work. Returns when the obsolete ones are closed, and
     * before new ones are connected.
     */
    public synchronized void configure(List<? extends EventSource> sources) {
        Map<String, EventReceiver> old = receivers;
        Map<String, EventReceiver> next = new LinkedHashMap<>();
        List<EventReceiver> obsolete = new ArrayList<>(old.values());
        List<EventSource> toStart = new ArrayList<>();
        for (EventSource source : sources) {
            EventReceiver existing = old.get(source.name());
            if (existing != null && existing.source().equals(source)) {
                next.put(source.name(), existing);
                obsolete.remove(existing);
            } else if (source instanceof WebhookEventSource) {
                // At once and before the old one is closed: callers find the one or the other.
                next.put(source.name(), start(source));
            } else {
                toStart.add(source);
            }
        }
        receivers = next;
        closeAll(obsolete);
        obsolete.stream().map(receiver -> receiver.source().name()).filter(name -> !next.containsKey(name)).forEach(metrics::removeSource);
        // Only now: a source that moved to another queue must not consume twice.
        Map<String, EventReceiver> all = new LinkedHashMap<>();
        for (EventSource source : sources) {
            all.put(
                    source.name(),
                    toStart.contains(source) ? start(source) : next.get(source.name()));
        }
        receivers = all;
    }

    private EventReceiver start(EventSource source) {
        SourceMeters meters = metrics.source(source.name());
        source.eventNames().forEach(meters::expect);
        EventReceiver receiver = source.start(sink, secrets, clock, meters);
        meters.running(() -> receiver.status().running());
        meters.unacknowledged(() -> receiver.status().unacknowledged());
        meters.state(SourceStatus.State.values(), () -> receiver.status().state());
        return receiver;
    }

    /** Side by side: each may wait some seconds for what it has in work. */
    private static void closeAll(List<EventReceiver> obsolete) {
        CompletableFuture.allOf(obsolete.stream()
                        .map(receiver -> CompletableFuture.runAsync(receiver::close, task -> new Thread(task, "UnderStack closing").start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    public List<SourceStatus> status() {
        List<SourceStatus> all = new ArrayList<>();
        receivers.values().forEach(receiver -> all.add(receiver.status()));
        return all;
    }

    /** The webhook source with that name. */
    public Optional<WebhookReceiver> webhook(String name) {
        return receivers.get(name) instanceof WebhookReceiver webhook ? Optional.of(webhook) : Optional.empty();
    }

    @Override
    public synchronized void close() {
        configure(List.of());
    }
}
