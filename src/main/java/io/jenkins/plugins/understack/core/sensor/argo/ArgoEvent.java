package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** An event as Argo Events passes it around: {@code {"context": {…}, "data": "<base64>"}}. */
final class ArgoEvent {
    private ArgoEvent() {}

    /** The type of an event of Argo is the kind of its source. */
    static ObjectNode context(Event event) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", event.id())
                .put("source", event.source())
                .put("specversion", "1.0")
                .put("type", event.kind())
                .put("datacontenttype", "application/json")
                .put("subject", event.name())
                .put("time", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static ObjectNode whole(Event event, JsonNode data) {
        ObjectNode whole = Json.MAPPER.createObjectNode();
        whole.set("context", context(event));
        byte[] bytes = ArgoText.raw(data).getBytes(StandardCharsets.UTF_8);
        return whole.put("data", Base64.getEncoder().encodeToString(bytes));
    }
}
