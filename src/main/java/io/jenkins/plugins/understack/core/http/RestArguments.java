package io.jenkins.plugins.understack.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** What a script gives for a request to an API that speaks JSON; also GStrings and all. */
public final class RestArguments {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private RestArguments() {}

    /**
     * @param given in any case; GET where it is null or blank
     * @param all whether the pages of a list are to be read, which only GET has
     * @return in upper case
     * @throws InvalidFieldException of {@code method} or {@code all}
     */
    public static String method(String given, boolean all) {
        String method = given == null || given.isBlank() ? "GET" : given.strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new InvalidFieldException("method", "\"" + given + "\" is unknown; expected GET, POST, PUT, PATCH or DELETE");
        }
        if (all && !method.equals("GET")) {
            throw new InvalidFieldException("all", "is set with the method " + method + "; only the answers to GET have pages");
        }
        return method;
    }

    /**
     * @param uri may have a query; or null
     * @param query a map, whose values are encoded and where a list repeats its key; or text with one {@code key: value} a line; or
     *     null. Added to what the uri has.
     * @throws InvalidFieldException of {@code query}
     */
    public static String uri(String uri, Object query) {
        String added = encode(query instanceof CharSequence text
                ? Json.fromPlain("query", KeyValueLines.parseText("query", text.toString()))
                : Json.fromPlain("query", query == null ? Map.of() : query));
        return added.isEmpty() || uri == null ? uri : uri + (uri.contains("?") ? "&" : "?") + added;
    }

    /** The body of a request: maps and lists; or text, which is JSON. Null for null and blank text. */
    public static JsonNode json(String field, Object value) {
        if (value == null || value instanceof CharSequence text && text.toString().isBlank()) {
            return null;
        }
        try {
            return value instanceof CharSequence text ? Json.parse(text.toString()) : Json.fromPlain(field, value);
        } catch (MalformedEventException e) {
            throw new InvalidFieldException(field, e.getMessage());
        }
    }

    private static String encode(JsonNode query) {
        if (!query.isObject()) {
            throw new InvalidFieldException("query", "is no map; expected one such as [name: 'h1']");
        }
        StringJoiner pairs = new StringJoiner("&");
        query.fields().forEachRemaining(field -> {
            String place = "query." + field.getKey();
            Iterable<JsonNode> values = field.getValue().isArray() ? field.getValue() : List.of(field.getValue());
            if (!values.iterator().hasNext()) {
                // Left out, it would ask for everything.
                throw new InvalidFieldException(place, "is an empty list; expected at least one value");
            }
            for (JsonNode value : values) {
                pairs.add(encoded(field.getKey()) + "=" + encoded(text(place, value)));
            }
        });
        return pairs.toString();
    }

    private static String text(String place, JsonNode value) {
        if (value.isNull()) {
            throw new InvalidFieldException(place, "is null; expected a value, because without one everything would be found");
        }
        if (value.isContainerNode()) {
            throw new InvalidFieldException(place, "holds a map or a list in a list; expected texts, numbers and booleans");
        }
        return Json.text(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
