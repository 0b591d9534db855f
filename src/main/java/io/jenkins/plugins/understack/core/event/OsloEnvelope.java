package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/**
 * The envelope of oslo.messaging notifications (driver {@code messagingv2}): {@code {"oslo.version": "2.0",
 * "oslo.message": "<JSON as a string>"}}. The inner message has {@code message_id}, {@code event_type}, {@code payload}.
 */
public final class OsloEnvelope {
    private static final String MESSAGE = "oslo.message";

    private OsloEnvelope() {}

    /**
     * The notification inside an envelope.
     *
     * @throws MalformedEventException where the envelope or its {@code event_type} is not as OpenStack writes it
     */
    public static JsonNode open(JsonNode envelope) throws MalformedEventException {
        if (!envelope.isObject()) {
            throw new MalformedEventException("body is " + kind(envelope) + "; expected an object with \"" + MESSAGE + "\"");
        }
        JsonNode text = envelope.path(MESSAGE);
        if (text.isMissingNode()) {
            throw new MalformedEventException("body has no \"" + MESSAGE + "\"" + lookalike(envelope)
                    + "; expected the oslo.messaging envelope, or set the body format to json if the publisher sends none");
        }
        if (!text.isTextual()) {
            throw new MalformedEventException(
                    "body[\"" + MESSAGE + "\"] is " + kind(text) + "; expected a string that holds JSON");
        }
        JsonNode message;
        try {
            message = Json.parse(text.textValue());
        } catch (MalformedEventException e) {
            throw new MalformedEventException("body[\"" + MESSAGE + "\"] " + e.getMessage());
        }
        JsonNode eventType = message.path("event_type");
        if (!eventType.isTextual() || eventType.textValue().isEmpty()) {
            throw new MalformedEventException("event_type in body[\"" + MESSAGE + "\"] is " + kind(eventType)
                    + "; expected a string such as baremetal.port.create.end");
        }
        return message;
    }

    /** Points to a misspelled key; a key is a name, not a payload. */
    private static String lookalike(JsonNode envelope) {
        for (Iterator<String> names = envelope.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.length() < 40 && name.toLowerCase().replaceAll("[^a-z]", "").contains("oslomessage")) {
                return " but \"" + name + "\"";
            }
        }
        return "";
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case STRING -> "a string" + (node.textValue().isEmpty() ? " without text" : "");
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            default -> "an object";
        };
    }
}
