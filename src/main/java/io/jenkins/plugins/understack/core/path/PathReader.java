package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Iterator;
import java.util.Map;

/**
 * Reads one path, level by level. What a character means depends on what stands there: {@code #} is a key of an object and
 * the elements of an array; that is why a path is interpreted while it is read and not compiled.
 *
 * <p>One instance for one call. Every construct that gjson accepts and then does nothing with does nothing here either.
 */
final class PathReader {
    private static final JsonNode MISSING = MissingNode.getInstance();

    private JsonNode value = MISSING;
    /** What follows a {@code |} (or a dot that acts as one): applied to {@link #value}, even when that is missing. */
    private String pipe;

    private PathReader() {}

    /**
     * What a first part leads to, and what remains to be read there.
     *
     * @param rest null when nothing remains
     */
    record Step(JsonNode value, String rest) {
        /** After a modifier, literal or multipath a dot or pipe leads on; anything else is passed over. */
        static Step then(JsonNode value, String rest) {
            return new Step(value, rest.startsWith("|") || rest.startsWith(".") ? rest.substring(1) : null);
        }
    }

    /** A missing node where there is nothing; never null, never an exception. */
    static JsonNode get(JsonNode json, String path) {
        Step step = new Step(json, path);
        while (step.rest != null) {
            PathBudget.take(1);
            step = step(step.value, step.rest);
        }
        return step.value;
    }

    private static Step step(JsonNode json, String path) {
        if (path.length() > 1) {
            Step special = special(json, path);
            if (special != null) {
                return special;
            }
        }
        PathReader reader = new PathReader();
        if (path.startsWith("..")) {
            // JSON lines: here always one line.
            reader.array(JsonNodeFactory.instance.arrayNode().add(json), path.substring(2));
        } else if (json.isObject()) {
            reader.object(json, path);
        } else if (json.isArray()) {
            reader.array(json, path);
        }
        return new Step(reader.value, reader.pipe);
    }

    /** Modifiers, literals and multipaths, which stand at the beginning of a path or after a pipe; null for anything else. */
    private static Step special(JsonNode json, String path) {
        return switch (path.charAt(0)) {
            case '@' -> Modifier.apply(json, path);
            case '!' -> Literal.apply(path);
            case '[', '{' -> Multipath.apply(json, path);
            default -> null;
        };
    }

    /** True when the search is over. */
    private boolean object(JsonNode object, String path) {
        KeyPart part = KeyPart.parse(path);
        if (part.pipe() != null) {
            pipe = part.pipe();
        }
        for (Iterator<Map.Entry<String, JsonNode>> members = object.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            PathBudget.take(1);
            if (part.matches(member.getKey()) && found(member.getValue(), part.rest())) {
                return true;
            }
        }
        return false;
    }

    private boolean found(JsonNode candidate, String rest) {
        if (rest == null) {
            value = candidate;
            return true;
        }
        return candidate.isObject() ? object(candidate, rest) : candidate.isArray() && array(candidate, rest);
    }

    private boolean array(JsonNode array, String path) {
        ArrayPart part = ArrayPart.parse(path);
        if (part.rest() == null && part.pipe() != null) {
            pipe = part.pipe();
        }
        if (part.query() != null) {
            return query(array, part);
        }
        if (part.isHash()) {
            if (part.each() != null) {
                value = each(array, part.each());
                return true;
            }
            if (part.text().equals("#")) {
                value = IntNode.valueOf(array.size());
                return true;
            }
            return false;
        }
        int index = part.index();
        return index >= 0 && index < array.size() && found(array.get(index), part.rest());
    }

    /** {@code #.rest}: the rest of each element that has it. */
    private ArrayNode each(JsonNode array, String path) {
        String rest = pipeSplit(path);
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            JsonNode result = get(element, rest);
            if (!result.isMissingNode()) {
                results.add(result);
            }
        }
        return results;
    }

    private boolean query(JsonNode array, ArrayPart part) {
        Query query = part.query();
        String rest = part.rest();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            PathBudget.take(1);
            JsonNode tested;
            if (element.isContainerNode()) {
                tested = get(element, query.path());
            } else if (query.path().isEmpty()) {
                tested = element;
            } else {
                continue;
            }
            if (!query.accepts(tested)) {
                continue;
            }
            if (rest != null) {
                rest = pipeSplit(rest);
            }
            JsonNode result = rest == null ? element : get(element, rest);
            if (!part.all()) {
                value = result;
                return true;
            }
            if (!result.isMissingNode()) {
                all.add(result);
            }
        }
        if (part.all() && value.isMissingNode()) {
            value = all;
        }
        return false;
    }

    /** What stands before a pipe in a path that is applied to many elements; the pipe is applied to their list. */
    private String pipeSplit(String path) {
        int position = Brackets.pipe(path);
        if (position < 0) {
            return path;
        }
        pipe = path.substring(position + 1);
        return path.substring(0, position);
    }
}
