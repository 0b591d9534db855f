package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.correlation.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One event while the sensors decide about it. What several of them need is computed once: sensors often have the same
 * transform. Used by one thread.
 */
public final class Evaluation {
    private final Event event;
    private final Waiting waiting;
    private final Map<String, Transformed> transformed = new HashMap<>();

    private final Map<JsonNode, String> texts = new IdentityHashMap<>();

    private record Transformed(JsonNode data, List<Reason> reasons) {}

    /** @param waiting the events that came before and wait for this one */
    public Evaluation(Event event, Waiting waiting) {
        this.event = event;
        this.waiting = waiting;
    }

    public Event event() {
        return event;
    }

    Map<String, Event> waiting(String sensor, String key) {
        return waiting.events(sensor, key);
    }

    /**
     * @param program identifies the transform
     * @param transform is called for the first sensor that has it
     * @return null where it failed
     */
    JsonNode transformed(String program, List<Reason> reasons, Function<List<Reason>, JsonNode> transform) {
        Transformed done = transformed.computeIfAbsent(program, p -> {
            List<Reason> said = new ArrayList<>();
            return new Transformed(transform.apply(said), said);
        });
        reasons.addAll(done.reasons);
        return done.data;
    }

    /** {@link Json#text}, once for a whole body that several sensors pass on. For what changes see {@link #changed}. */
    String text(JsonNode value) {
        return value.isContainerNode() ? texts.computeIfAbsent(value, Json::text) : Json.text(value);
    }

    /** Its text is not what it was. */
    void changed(JsonNode value) {
        texts.remove(value);
    }
}
