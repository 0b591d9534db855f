package io.jenkins.plugins.understack.core.source.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a request says, as JSON: its JSON body, its form, or for GET its query, the last two as objects of arrays. */
final class WebhookBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private WebhookBody() {}

    static JsonNode read(WebhookRequest request, byte[] body) throws MalformedEventException {
        if (request.method().equals("GET")) {
            return form(request.query() == null ? "" : request.query());
        }
        if (isForm(request.header("Content-Type"))) {
            return form(new String(body, StandardCharsets.UTF_8));
        }
        try {
            return Json.parse(body);
        } catch (MalformedEventException e) {
            throw new MalformedEventException("body " + e.getMessage());
        }
    }

    private static boolean isForm(String contentType) {
        // Parameters such as charset may follow (RFC 9110, section 8.3.1).
        return contentType != null && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
    }

    private static ObjectNode form(String encoded) throws MalformedEventException {
        ObjectNode json = Json.MAPPER.createObjectNode();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                json.withArrayProperty(decode(parts[0])).add(parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return json;
    }

    private static String decode(String text) throws MalformedEventException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("form is not URL-encoded: a % is not followed by two hex digits");
        }
    }
}
