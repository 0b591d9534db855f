package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** HTTP end points below {@code /understack/<name>/}. */
public record WebhookEventSource(String name, List<WebhookEvent> events, SourceRules rules) implements EventSource {
    public WebhookEventSource {
        name = Fields.name("name", name);
        events = Fields.notEmpty("events", events);
        Fields.unique("events", events, WebhookEvent::name);
        // Argo Events lets the first of two equal end points get everything, silently.
        Fields.unique("events", events, event -> "path " + event.path());
        rules = rules == null ? SourceRules.NONE : rules;
    }

    public WebhookEventSource(String name, List<WebhookEvent> events) {
        this(name, events, null);
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public List<String> eventNames() {
        return events.stream().map(WebhookEvent::name).toList();
    }

    /** A JSON body; for an event with method GET, the query string. */
    @Override
    public Event read(String name, byte[] body, Clock clock) throws MalformedEventException {
        WebhookEvent event = events.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event " + name));
        if (body.length > event.maxPayloadSize()) {
            throw new MalformedEventException("body is longer than " + event.maxPayloadSize() + " bytes");
        }
        String query = event.method().equals("GET") ? new String(body, StandardCharsets.UTF_8).strip() : null;
        WebhookRequest request =
                new WebhookRequest(event.method(), event.path(), query, Map.of(), new ByteArrayInputStream(body));
        return WebhookReceiver.read(this, event, request, body, clock);
    }

    @Override
    public WebhookReceiver start(EventSink sink, Secrets secrets, Clock clock, SourceMeters meters) {
        return new WebhookReceiver(this, sink, secrets, new SourceHealth(this, clock, meters), clock);
    }
}
