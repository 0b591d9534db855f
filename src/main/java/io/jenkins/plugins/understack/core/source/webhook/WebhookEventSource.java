package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import java.time.Clock;
import java.util.List;

/** HTTP end points below {@code /understack/<name>/}. */
public record WebhookEventSource(String name, List<WebhookEvent> events) implements EventSource {
    public WebhookEventSource {
        name = Fields.name("name", name);
        events = Fields.notEmpty("events", events);
        Fields.unique("events", events, WebhookEvent::name);
        // Argo Events lets the first of two equal end points get everything, silently.
        Fields.unique("events", events, event -> "path " + event.path());
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public List<String> eventNames() {
        return events.stream().map(WebhookEvent::name).toList();
    }

    @Override
    public WebhookReceiver start(EventSink sink, Secrets secrets, Clock clock) {
        return new WebhookReceiver(this, sink, secrets, new SourceHealth(this, clock), clock);
    }
}
