package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in event data, in the path language of Argo Events (gjson): {@code body.alerts.0.labels.alertname}; a dot that
 * belongs to a key is escaped, {@code body.payload.ironic_object\.data.uuid}; {@code @this} is the whole. Also queries
 * ({@code alerts.#(status=="firing").labels}), wildcards, modifiers, pipes and multipaths ({@code [a,b.c]}).
 *
 * <p>Immutable. Reading never throws, whatever the data, and ends: a path that would look at more than five million values
 * leads nowhere.
 */
public final class DataPath {
    private static final int LONGEST = 4_096;
    private static final int MOST_MODIFIERS = 16;
    private static final String SPECIAL = "*?|#@![{";

    private final String text;
    /** For plain keys and indexes, which nearly all paths are; null for a path that has to be interpreted. */
    private final List<Part> parts;

    /** A part as it is written, which is what arrays look at, and without its escapes. */
    private record Part(String written, String key, int index) {}

    private DataPath(String text) {
        this.text = text;
        this.parts = plain(text);
    }

    /**
     * A path for a new sensor: what would never lead anywhere is refused.
     *
     * @throws InvalidFieldException naming {@code field}
     */
    public static DataPath parse(String field, String text) {
        DataPath path = asArgoReadsIt(field, text);
        PathCheck.check(field, text);
        return path;
    }

    /**
     * A path of an imported sensor: mistakes in it are not found, they just lead nowhere, as in Argo Events.
     *
     * @throws InvalidFieldException where it is empty, longer than 4096 characters, or has too many modifiers
     */
    public static DataPath asArgoReadsIt(String field, String text) {
        if (text == null || text.isEmpty()) {
            throw new InvalidFieldException(field, "is empty; expected a path such as body.event_type");
        }
        if (text.length() > LONGEST) {
            throw new InvalidFieldException(
                    field, "has " + text.length() + " characters; expected at most " + LONGEST);
        }
        // A few modifiers suffice for everybody; many can make much of little, and @dig after @dig grows without bound.
        if (occurrences(text, "@") > MOST_MODIFIERS || occurrences(text, "@dig") > 1) {
            throw new InvalidFieldException(
                    field, "has too many modifiers; expected at most " + MOST_MODIFIERS + ", and @dig only once");
        }
        return new DataPath(text);
    }

    private static int occurrences(String text, String piece) {
        int count = 0;
        for (int i = text.indexOf(piece); i >= 0; i = text.indexOf(piece, i + 1)) {
            count++;
        }
        return count;
    }

    /** Null where a character has a special meaning. */
    private static List<Part> plain(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                String written = text.substring(start, i);
                parts.add(new Part(written, key.toString(), new ArrayPart(written, false, null, null, false, null, null).index()));
                key.setLength(0);
                start = i + 1;
            } else if (c == '\\' && i + 1 < text.length()) {
                key.append(text.charAt(++i));
            } else if (SPECIAL.indexOf(c) >= 0 || c == '\\') {
                return null;
            } else {
                key.append(c);
            }
        }
        return text.startsWith("..") ? null : parts;
    }

    /** The value at this path; a {@link MissingNode}, never null and never an exception, where there is none. */
    public JsonNode read(JsonNode data) {
        if (parts == null) {
            return PathBudget.within(() -> PathReader.get(data, text));
        }
        JsonNode node = data;
        for (Part part : parts) {
            node = node.isArray() ? node.path(part.index) : node.path(part.key);
        }
        return node;
    }

    /** Whether it has keys and indexes only. */
    public boolean isPlain() {
        return parts != null;
    }

    /** Puts {@code value} in the place of what is at this path, if anything is; for a plain path only. */
    public void replace(JsonNode data, JsonNode value) {
        JsonNode parent = data;
        for (Part part : parts.subList(0, parts.size() - 1)) {
            parent = parent.isArray() ? parent.path(part.index) : parent.path(part.key);
        }
        Part last = parts.get(parts.size() - 1);
        if (parent instanceof ObjectNode object && object.has(last.key)) {
            object.set(last.key, value);
        } else if (parent instanceof ArrayNode array && array.has(last.index)) {
            array.set(last.index, value);
        }
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
