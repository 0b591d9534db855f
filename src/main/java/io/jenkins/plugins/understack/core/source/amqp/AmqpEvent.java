package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import java.util.List;
import java.util.Map;

/**
 * One queue of an {@link AmqpEventSource}: what is declared, what is consumed and how a message becomes an event.
 *
 * @param exchange exchange the queue is bound to; an empty name is the default exchange, which binds every queue by itself
 * @param routingKeys one binding each
 * @param declare true: exchange, queue and bindings are declared (needs configure, write and read rights); false: exchange
 *     and queue must exist, nothing is bound (read is enough)
 * @param prefetch most messages in flight, un-acknowledged ({@code basic.qos})
 * @param consumerTag shown in RabbitMQ's management; null lets the broker choose one
 * @param maxPayloadSize bytes; a longer body is rejected
 * @param metadata copied into the event data, as in Argo Events
 */
public record AmqpEvent(
        String name,
        Exchange exchange,
        List<String> routingKeys,
        Queue queue,
        boolean declare,
        int prefetch,
        String consumerTag,
        BodyFormat bodyFormat,
        EventIdentity identity,
        long maxPayloadSize,
        Map<String, String> metadata) {
    public static final int DEFAULT_PREFETCH = 100;

    /** How a message body becomes {@code body} of the event data. */
    public enum BodyFormat {
        /** A JSON value. */
        JSON,
        /** Any bytes, as base64 text (RFC 4648, section 4). */
        BASE64,
        /** An oslo.messaging envelope; the decoded notification becomes the body. */
        OSLO;

        public static BodyFormat parse(String text) {
            return switch (Fields.required("bodyFormat", text)) {
                case "json" -> JSON;
                case "base64" -> BASE64;
                case "oslo" -> OSLO;
                default -> throw new InvalidFieldException(
                        "bodyFormat", "\"" + text + "\" is unknown; expected json, base64 or oslo");
            };
        }
    }

    /** The queue of an event that names none: durable and not exclusive, so that nothing is lost while nobody consumes. */
    public static String defaultQueue(String source, String event) {
        return "understack." + source + "." + event;
    }

    /** @param type {@code topic}, {@code direct}, {@code fanout}, {@code headers} or that of a broker plugin, {@code x-…} */
    public record Exchange(String name, String type, boolean durable) {
        public Exchange {
            name = name == null ? "" : name.strip();
            type = Fields.required("exchangeType", type);
        }
    }

    /** @param arguments {@code x-queue-type} and the like; whole numbers stay whole numbers */
    public record Queue(String name, boolean durable, Map<String, Object> arguments) {
        public Queue {
            name = Fields.required("queue", name);
            arguments = Fields.ordered(arguments);
        }
    }

    public AmqpEvent {
        name = Fields.name("name", name);
        checkType(exchange.type());
        AmqpNames.check("exchange", exchange.name());
        AmqpNames.check("exchangeType", exchange.type());
        AmqpNames.check("queue", queue.name());
        queue.arguments().keySet().forEach(argument -> AmqpNames.check("queueArguments", argument));
        routingKeys = routingKeys == null ? List.of() : List.copyOf(routingKeys);
        if (declare && !exchange.name().isEmpty() && routingKeys.isEmpty()) {
            throw new InvalidFieldException(
                    "routingKeys", "is empty; expected at least one key to bind the queue with, for example notifications.info");
        }
        routingKeys.forEach(key -> AmqpNames.check("routingKeys", key));
        Fields.atLeast("prefetch", 1, prefetch);
        if (prefetch > 65_535) {
            throw new InvalidFieldException("prefetch", prefetch + " is too large; AMQP allows up to 65535");
        }
        consumerTag = Fields.optional(consumerTag);
        AmqpNames.check("consumerTag", consumerTag == null ? "" : consumerTag);
        identity = identity == null ? EventIdentity.BY_PROTOCOL : identity;
        Fields.atLeast("maxPayloadSize", 1, maxPayloadSize);
        metadata = Fields.ordered(metadata);
    }

    /** RabbitMQ closes the whole connection over an unknown type, and with it the other events of the source. */
    private static void checkType(String type) {
        if (!type.matches("topic|direct|fanout|headers|x-.+")) {
            throw new InvalidFieldException(
                    "exchangeType",
                    "\"" + type + "\" is no exchange type; expected topic, direct, fanout, headers, or that of a broker plugin, x-…");
        }
    }
}
