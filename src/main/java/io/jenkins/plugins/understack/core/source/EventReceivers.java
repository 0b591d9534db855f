package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.source.webhook.WebhookReceiver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sources at work. A new configuration touches only what differs from the old one. */
public final class EventReceivers implements AutoCloseable {
    private final EventSink sink;
    private final Secrets secrets;
    private final Clock clock;
    private volatile Map<String, EventReceiver> receivers = Map.of();

    public EventReceivers(EventSink sink, Secrets secrets, Clock clock) {
        this.sink = sink;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Starts, stops and restarts sources until exactly these are at work. Returns before they are connected. */
    public synchronized void configure(List<? extends EventSource> sources) {
        Map<String, EventReceiver> old = new LinkedHashMap<>(receivers);
        Map<String, EventSource> wanted = new LinkedHashMap<>();
        sources.forEach(source -> wanted.put(source.name(), source));
        // Closed first: a source that moved to another queue must not consume twice.
        old.values().removeIf(receiver -> {
            boolean obsolete = !receiver.source().equals(wanted.get(receiver.source().name()));
            if (obsolete) {
                receiver.close();
            }
            return obsolete;
        });
        Map<String, EventReceiver> next = new LinkedHashMap<>();
        wanted.forEach((name, source) -> next.put(name, old.containsKey(name) ? old.get(name) : source.start(sink, secrets, clock)));
        receivers = next;
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
