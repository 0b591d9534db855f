package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.http.TokenMask;
import java.util.StringJoiner;

/**
 * What Nautobot says of an error, for messages: one bounded line without the token. Django REST framework explains itself in
 * {@code {"detail": …}} or field by field, GraphQL in {@code {"errors": [{"message": …}]}}.
 */
final class ErrorDetail {
    private static final int MAX_CHARACTERS = 500;

    private final TokenMask mask;

    ErrorDetail(String token) {
        this.mask = new TokenMask(token);
    }

    /** With a colon before it; empty where the body is no JSON. */
    String of(byte[] body) {
        try {
            return ": " + of(Json.parse(body));
        } catch (MalformedEventException e) {
            return "";
        }
    }

    String of(JsonNode body) {
        StringJoiner messages = new StringJoiner("; ");
        body.path("errors").forEach(error -> messages.add(error.path("message").asText(error.toString())));
        String said = messages.length() == 0 ? body.toString() : messages.toString();
        // Masked as a whole: the cut may go through the token.
        String text = mask.apply(said).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "…" : text;
    }
}
