package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/** When an event left its producer, as far as the event says so. */
public final class PublishTime {
    private PublishTime() {}

    /**
     * In this order: the header {@code timestamp_in_ms} (milliseconds since 1970, by RabbitMQ's message interceptor), the
     * {@code timestamp} of an oslo.messaging notification (UTC, without saying so), the AMQP property {@code timestamp} (whole seconds).
     * Where there is none, or one in the future, the time when the event was received: clocks differ.
     */
    public static Instant of(Event event) {
        Instant published = null;
        if (event.kind().equals("amqp")) {
            JsonNode body = event.data().path("body");
            JsonNode milliseconds = event.data().path("headers").path("timestamp_in_ms");
            if (milliseconds.isIntegralNumber()) {
                published = Instant.ofEpochMilli(milliseconds.longValue());
            } else if (body.path("publisher_id").isTextual() && body.path("timestamp").isTextual()) {
                published = parse(body.path("timestamp").textValue().replace(' ', 'T').replaceFirst("Z?$", "Z"));
            } else {
                published = parse(event.data().path("timestamp").asText());
            }
        }
        return published == null || published.isAfter(event.time()) ? event.time() : published;
    }

    private static Instant parse(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
