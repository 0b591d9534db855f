package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.util.List;

/**
 * What a service says of an error, for messages: one bounded line. Keystone explains itself in {@code {"error": {"message": …}}}, Nova and
 * Neutron in {@code {"<kind>": {"message": …}}}, Ironic in {@code {"error_message": …}}, which is a map with {@code faultstring} or, in older
 * ones, such a map as text.
 */
final class ErrorDetail {
    private static final int MAX_CHARACTERS = 500;

    private ErrorDetail() {}

    /** With a colon before it; empty where the body is no JSON. Not masked and not bounded yet. */
    static String of(byte[] body) {
        try {
            return ": " + said(Json.parse(body));
        } catch (MalformedEventException e) {
            return "";
        }
    }

    private static String said(JsonNode body) {
        JsonNode message = body.path("error_message");
        if (message.isTextual()) {
            try {
                return said(Json.parse(message.textValue()));
            } catch (MalformedEventException e) {
                return message.textValue();
            }
        }
        for (String name : List.of("faultstring", "message", "detail")) {
            JsonNode found = body.findValue(name);
            if (found != null && found.isTextual()) {
                return found.textValue();
            }
        }
        return body.isTextual() ? body.textValue() : body.toString();
    }

    /** @param text masked already: the cut may go through a secret */
    static String bounded(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > MAX_CHARACTERS ? line.substring(0, MAX_CHARACTERS) + "…" : line;
    }
}
