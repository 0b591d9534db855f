package io.jenkins.plugins.understack.core.source.webhook;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request as a webhook sees it, whatever server received it.
 *
 * @param path below the source, without slash at either end
 * @param query the raw query string, or null
 * @param headers names in any case; several values in order
 * @param body not read by anybody else
 */
public record WebhookRequest(
        String method, String path, String query, Map<String, List<String>> headers, InputStream body) {
    public WebhookRequest {
        Map<String, List<String>> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        headers = ignoringCase;
    }

    /** The first value of a header, or null. */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
