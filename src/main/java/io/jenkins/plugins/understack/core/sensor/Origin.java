package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.event.Event;

/** Where an event comes from: an event source, and the name of the event within it. */
public record Origin(String source, String event) {
    public Origin {
        source = Fields.required("source", source);
        event = Fields.required("event", event);
    }

    public static Origin of(Event event) {
        return new Origin(event.source(), event.name());
    }

    @Override
    public String toString() {
        return source + "/" + event;
    }
}
