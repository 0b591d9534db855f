package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.event.Json;
import java.util.Map;

/** An HTTP answer: status code (RFC 9110, section 15), headers, and a JSON body. */
public record WebhookAnswer(int status, Map<String, String> headers, String body) {
    /** For every path that leads nowhere; the same for unknown sources and unknown paths. */
    public static final WebhookAnswer NOT_FOUND = error(404, "no such webhook");

    /** Seconds; the sender's own schedule of repeats is usually longer. */
    static final String RETRY_AFTER = "10";

    /** The sender shall try again, not give up. */
    public static final WebhookAnswer UNAVAILABLE =
            error(503, "cannot take events now, try again later", Map.of("Retry-After", RETRY_AFTER));

    static WebhookAnswer accepted(String eventId) {
        return new WebhookAnswer(
                202, Map.of(), Json.MAPPER.createObjectNode().put("id", eventId).toString());
    }

    static WebhookAnswer error(int status, String message) {
        return error(status, message, Map.of());
    }

    static WebhookAnswer error(int status, String message, Map<String, String> headers) {
        return new WebhookAnswer(
                status, headers, Json.MAPPER.createObjectNode().put("error", message).toString());
    }
}
