package io.jenkins.plugins.understack.core.source.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/** Headers as event data: {@code {"Canonical-Name": ["value"]}}, as Argo Events has them, with secrets masked. */
final class WebhookHeaders {
    private static final String MASK = "******";
    private static final Pattern SECRET =
            Pattern.compile("authorization|cookie|token|secret|password|api-?key|signature", Pattern.CASE_INSENSITIVE);

    private WebhookHeaders() {}

    static ObjectNode toJson(WebhookRequest request, String proofHeader) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        request.headers().forEach((name, values) -> {
            boolean secret = name.equalsIgnoreCase(proofHeader) || SECRET.matcher(name).find();
            ArrayNode array = json.putArray(canonical(name));
            values.forEach(value -> array.add(secret ? MASK : value));
        });
        return json;
    }

    /** {@code x-hook-signature} becomes {@code X-Hook-Signature} (Go's textproto.CanonicalMIMEHeaderKey). */
    private static String canonical(String name) {
        StringBuilder canonical = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int i = 0; i < canonical.length(); i++) {
            if (i == 0 || canonical.charAt(i - 1) == '-') {
                canonical.setCharAt(i, Character.toUpperCase(canonical.charAt(i)));
            }
        }
        return canonical.toString();
    }
}
