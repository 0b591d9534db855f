package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in event data, in the path language of Argo Events (gjson): {@code body.alerts.0.labels.alertname}; a dot that
 * belongs to a key is escaped, {@code body.payload.ironic_object\.data.uuid}; {@code @this} is the whole.
 *
 * <p>Of that language this class reads keys, escapes and array indexes. The characters that start its other constructs are
 * refused unless escaped, so that a path never quietly means something else once they are added.
 */
public final class DataPath {
    private static final String RESERVED = "*?|#@!{}[]()";

    private final String text;
    private final List<String> segments;

    private DataPath(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    /** @throws InvalidFieldException naming {@code field} where {@code text} is no path */
    public static DataPath parse(String field, String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidFieldException(field, "is empty; expected a path such as body.event_type");
        }
        if (text.equals("@this")) {
            return new DataPath(text, List.of());
        }
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length()) {
                    throw new InvalidFieldException(field, "\"" + text + "\" ends with a backslash; expected a character after it");
                }
                segment.append(text.charAt(i));
            } else if (c == '.') {
                segments.add(notEmpty(field, text, segment));
                segment.setLength(0);
            } else if (RESERVED.indexOf(c) >= 0) {
                throw new InvalidFieldException(
                        field,
                        "\"" + text + "\" has '" + c + "' at position " + (i + 1) + "; expected keys and indexes joined by dots,"
                                + " and \\" + c + " where the character belongs to a key");
            } else {
                segment.append(c);
            }
        }
        segments.add(notEmpty(field, text, segment));
        return new DataPath(text, List.copyOf(segments));
    }

    private static String notEmpty(String field, String text, StringBuilder segment) {
        if (segment.isEmpty()) {
            throw new InvalidFieldException(field, "\"" + text + "\" has an empty part; expected a key or an index between dots");
        }
        return segment.toString();
    }

    /** The value at this path; a {@link MissingNode}, never null and never an exception, where there is none. */
    public JsonNode read(JsonNode data) {
        JsonNode node = data;
        for (String segment : segments) {
            node = node.isArray() ? node.path(index(segment)) : node.path(segment);
        }
        return node;
    }

    /** -1, which no array has, for anything that is no index. */
    private static int index(String segment) {
        if (segment.length() > 9 || !segment.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(segment);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataPath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The path as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
