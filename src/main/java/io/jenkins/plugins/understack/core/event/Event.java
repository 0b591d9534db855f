package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened, as CloudEvents 1.0 describes it (section "Context Attributes").
 *
 * @param id identity given by the producer (oslo {@code message_id}, AMQP message id, a configured header or path), else
 *     random. Opaque text: producers send ids that are no UUIDs.
 * @param source name of the event source that received it
 * @param name name of the event within that source; the CloudEvents {@code subject}
 * @param kind kind of the event source, {@code amqp} or {@code webhook}; what Argo Events calls the type of an event
 * @param type what happened, for example {@code baremetal.port.create.end}; the kind of the source where the event does
 *     not say
 * @param time when it was received
 * @param data the event data; sensors read it, nobody changes it
 */
public record Event(String id, String source, String name, String kind, String type, Instant time, JsonNode data) {
    public Event {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(type);
        Objects.requireNonNull(time);
        Objects.requireNonNull(data);
    }

    /** The same event with other data, for example after a transform. */
    public Event withData(JsonNode newData) {
        return new Event(id, source, name, kind, type, time, newData);
    }

    /** CloudEvents 1.0 in the JSON format ("structured mode"). */
    public ObjectNode toCloudEvent() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("specversion", "1.0");
        json.put("id", id);
        json.put("source", source);
        json.put("subject", name);
        json.put("type", type);
        // An extension attribute (CloudEvents 1.0, "Extension Context Attributes").
        json.put("sourcekind", kind);
        json.put("time", time.toString());
        json.put("datacontenttype", "application/json");
        json.set("data", data);
        return json;
    }

    /** The opposite of {@link #toCloudEvent()}. */
    public static Event fromCloudEvent(JsonNode json) {
        return new Event(
                json.path("id").asText(),
                json.path("source").asText(),
                json.path("subject").asText(),
                json.path("sourcekind").asText(),
                json.path("type").asText(),
                Instant.parse(json.path("time").asText()),
                json.path("data"));
    }

    /** Attributes only: event data never reach a log. */
    @Override
    public String toString() {
        return "event " + id + " (" + type + ") from " + source + "/" + name;
    }
}
