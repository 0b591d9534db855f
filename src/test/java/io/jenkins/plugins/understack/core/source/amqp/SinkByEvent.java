package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A sink for each name of an event. */
record SinkByEvent(Map<String, ? extends EventSink> sinks) implements EventSink {
    @Override
    public CompletableFuture<Void> accept(Event event) {
        return sinks.get(event.name()).accept(event);
    }

    @Override
    public CompletableFuture<Void> bury(UnreadableMessage message) {
        return sinks.get(message.event()).bury(message);
    }
}
