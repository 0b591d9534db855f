package io.jenkins.plugins.understack.core.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Where the id of an event is found. What the user configured goes before what the protocol offers; an event without any
 * id gets a random one and so is never taken for another.
 *
 * @param header name of a header, or null
 * @param path path in the event data, or null
 */
public record EventIdentity(String header, DataPath path) {
    public static final EventIdentity BY_PROTOCOL = new EventIdentity(null, null);
    /** Longer ids are unusable in names of files and in logs. */
    private static final int MAX_LENGTH = 200;

    public static EventIdentity of(String header, String path) {
        String cleanPath = Fields.optional(path);
        return new EventIdentity(Fields.optional(header), cleanPath == null ? null : DataPath.parse("idPath", cleanPath));
    }

    /**
     * @param headers value of the header with that name, or null
     * @param data the event data
     * @param protocolIds ids that the protocol offers, best first; null or empty ones are passed over
     */
    public String of(UnaryOperator<String> headers, JsonNode data, String... protocolIds) {
        if (header != null && usable(headers.apply(header))) {
            return headers.apply(header).strip();
        }
        if (path != null && usable(Json.text(path.read(data)))) {
            return Json.text(path.read(data)).strip();
        }
        for (String id : protocolIds) {
            if (usable(id)) {
                return id.strip();
            }
        }
        return UUID.randomUUID().toString();
    }

    private static boolean usable(String id) {
        return id != null && !id.isBlank() && id.length() <= MAX_LENGTH && id.chars().noneMatch(Character::isISOControl);
    }
}
