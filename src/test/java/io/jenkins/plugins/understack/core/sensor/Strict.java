package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.time.Instant;
import java.util.List;

/** Sensors of one dependency in our own language, and events for them, in one line. */
final class Strict {
    private Strict() {}

    static Sensor where(String where) {
        return sensor(where, List.of());
    }

    static Sensor filters(DataFilter... filters) {
        return sensor(null, List.of(filters));
    }

    private static Sensor sensor(String where, List<DataFilter> filters) {
        return new Sensor(
                "s", new Dependency(null, new Origin("source", "event"), null, where, filters, null, null), "job", List.of());
    }

    static Sensor parameters(Parameter... parameters) {
        return new Sensor("s", new Dependency("source", "event"), "job", List.of(parameters));
    }

    static Sensor starts(String forEach, StartRules rules, Parameter... parameters) {
        return new Sensor(
                "s", true, List.of(new Dependency("source", "event")), null, forEach, "job", List.of(parameters), null, rules);
    }

    static Event event(String data) {
        return event("id", "event", Instant.EPOCH, data);
    }

    static Event event(String id, String name, Instant time, String data) {
        try {
            return new Event(id, "source", name, "amqp", "type", time, Json.parse(data));
        } catch (MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Decision decide(Sensor sensor, String data) {
        return sensor.compile().decide(event(data));
    }
}
