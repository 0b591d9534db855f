package io.jenkins.plugins.understack.core.source.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.event.OsloEnvelope;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Turns a delivery into an {@link Event}. The event data have the members that Argo Events gives them (contentType …
 * metadata, all always present) and {@code headers}; {@code timestamp} is RFC 3339, and empty where the publisher set none.
 */
final class AmqpMessageReader {
    private final String source;
    private final AmqpEvent event;
    private final Clock clock;

    AmqpMessageReader(String source, AmqpEvent event, Clock clock) {
        this.source = source;
        this.event = event;
        this.clock = clock;
    }

    Event read(Envelope envelope, BasicProperties properties, byte[] body) throws MalformedEventException {
        if (body.length > event.maxPayloadSize()) {
            throw new MalformedEventException("body has " + body.length + " bytes; expected at most "
                    + event.maxPayloadSize() + " (maxPayloadSize)");
        }
        JsonNode content = content(body);
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("contentType", text(properties.getContentType()));
        data.put("contentEncoding", text(properties.getContentEncoding()));
        data.put("deliveryMode", properties.getDeliveryMode() == null ? 0 : properties.getDeliveryMode());
        data.put("priority", properties.getPriority() == null ? 0 : properties.getPriority());
        data.put("correlationId", text(properties.getCorrelationId()));
        data.put("replyTo", text(properties.getReplyTo()));
        data.put("expiration", text(properties.getExpiration()));
        data.put("messageId", text(properties.getMessageId()));
        data.put("timestamp", time(properties.getTimestamp()));
        data.put("type", text(properties.getType()));
        data.put("appId", text(properties.getAppId()));
        data.put("exchange", envelope.getExchange());
        data.put("routingKey", envelope.getRoutingKey());
        data.set("headers", headers(properties.getHeaders()));
        data.set("body", content);
        data.set("metadata", Json.MAPPER.valueToTree(event.metadata()));

        boolean oslo = event.bodyFormat() == AmqpEvent.BodyFormat.OSLO;
        String id = event.identity()
                .of(
                        name -> Json.text(data.path("headers").path(name)),
                        data,
                        oslo ? Json.text(content.path("message_id")) : null,
                        properties.getMessageId());
        String type = oslo ? content.path("event_type").textValue() : text(properties.getType());
        return new Event(id, source, event.name(), "amqp", type.isEmpty() ? "amqp" : type, clock.instant(), data);
    }

    private JsonNode content(byte[] body) throws MalformedEventException {
        if (event.bodyFormat() == AmqpEvent.BodyFormat.BASE64) {
            return Json.MAPPER.getNodeFactory().textNode(Base64.getEncoder().encodeToString(body));
        }
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (MalformedEventException e) {
            throw new MalformedEventException("body " + e.getMessage()
                    + "; expected JSON (bodyFormat " + event.bodyFormat().name().toLowerCase() + ")");
        }
        return event.bodyFormat() == AmqpEvent.BodyFormat.OSLO ? OsloEnvelope.open(json) : json;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String time(Date timestamp) {
        return timestamp == null ? "" : timestamp.toInstant().toString();
    }

    private static ObjectNode headers(Map<String, Object> headers) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (headers != null) {
            headers.forEach((name, value) -> json.set(name, Json.MAPPER.valueToTree(plain(value))));
        }
        return json;
    }

    /** AMQP field-table values (AMQP 0-9-1, section 4.2.5.5) as JSON has them. */
    private static Object plain(Object value) {
        if (value instanceof LongString || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AmqpMessageReader::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            map.forEach((name, member) -> json.set(name.toString(), Json.MAPPER.valueToTree(plain(member))));
            return json;
        }
        return value;
    }
}
