package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What is asked of Nautobot's REST API; the arguments of the step {@code nautobotQuery}.
 *
 * @param method upper case
 * @param uri path and query below {@code /api}, beginning with a slash, encoded: {@code /dcim/devices/?name=h1}
 * @param body sent as JSON; null for none
 * @param all whether all pages of a list are read
 */
public record NautobotQuery(String method, String uri, JsonNode body, boolean all) {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** @throws InvalidFieldException of {@code method}, {@code uri} or {@code all} */
    public NautobotQuery {
        String given = method;
        method = given == null || given.isBlank() ? "GET" : given.strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new InvalidFieldException("method", "\"" + given + "\" is unknown; expected GET, POST, PUT, PATCH or DELETE");
        }
        if (all && !method.equals("GET")) {
            throw new InvalidFieldException("all", "is set with the method " + method + "; only the answers to GET have pages");
        }
        if (uri == null || !uri.startsWith("/") || uri.startsWith("//")) {
            throw new InvalidFieldException("uri", "\"" + uri + "\" is refused; expected a path below /api that begins with one slash,"
                    + " for example /dcim/devices/?name=h1");
        }
        try {
            URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "uri", "\"" + uri + "\" is no valid path and query; encode blanks and special characters, or give them in query");
        }
        if (uri.indexOf('#') >= 0) {
            throw new InvalidFieldException("uri", "\"" + uri + "\" has a fragment, which no server sees; expected %23 for a #");
        }
        ApiPath.check(uri);
    }

    /** A GET of one page. */
    static NautobotQuery get(String uri, Map<String, ?> query) {
        return of("GET", uri, query, null, false);
    }

    /**
     * From what a script gives; also GStrings and all.
     *
     * @param query a map, whose values are encoded and where a list repeats its key; or text with one {@code key: value} a line; or
     *     null. Added to what the uri has.
     * @param body maps and lists; or text, which is JSON; or null
     * @throws InvalidFieldException also of {@code query} and {@code body}
     */
    public static NautobotQuery of(String method, String uri, Object query, Object body, boolean all) {
        String added = encode(query instanceof CharSequence text
                ? Json.fromPlain("query", KeyValueLines.parseText("query", text.toString()))
                : Json.fromPlain("query", query == null ? Map.of() : query));
        String whole = added.isEmpty() || uri == null ? uri : uri + (uri.contains("?") ? "&" : "?") + added;
        return new NautobotQuery(method, whole, json("body", body), all);
    }

    /** Null for null and blank text. */
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

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
