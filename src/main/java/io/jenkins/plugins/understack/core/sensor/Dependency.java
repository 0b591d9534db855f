package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;

/** What a sensor waits for: an event of an event source, both by name. */
public record Dependency(String source, String event) {
    public Dependency {
        source = Fields.required("source", source);
        event = Fields.required("event", event);
    }

    @Override
    public String toString() {
        return source + "/" + event;
    }
}
