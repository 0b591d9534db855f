package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code @reverse}, {@code @flatten:{"deep":true}} and the others: what they make of a value. */
final class Modifier {
    private static final Set<String> NAMES = Set.of(
            "pretty", "ugly", "reverse", "this", "flatten", "join", "valid", "keys", "values", "tostr", "fromstr", "group", "dig");
    private static final JsonNode MISSING = MissingNode.getInstance();
    /** Characters: {@code @tostr} doubles the backslashes of its input each time it is applied. */
    private static final int LONGEST_TEXT = 8 * 1024 * 1024;

    private Modifier() {}

    /** Whether a dot before this acts as a pipe, because a modifier or a multipath follows. */
    static boolean startsHere(String path) {
        if (path.isEmpty()) {
            return false;
        }
        return switch (path.charAt(0)) {
            case '[', '{' -> true;
            case '@' -> NAMES.contains(path.substring(1, endOfName(path)));
            default -> false;
        };
    }

    private static int endOfName(String path) {
        int end = 1;
        while (end < path.length() && ".|:".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Null where the path begins with no modifier after all. */
    static PathReader.Step apply(JsonNode json, String path) {
        int end = endOfName(path);
        String name = path.substring(1, end);
        if (!NAMES.contains(name)) {
            return null;
        }
        String argument = "";
        if (path.startsWith(":", end)) {
            int start = end + 1;
            end = endOfArgument(path, start);
            argument = path.substring(start, end);
        }
        return PathReader.Step.then(apply(json, name, argument), path.substring(end));
    }

    private static int endOfArgument(String path, int start) {
        if (start < path.length() && "{[\"".indexOf(path.charAt(start)) >= 0) {
            return endOfGroup(path, start);
        }
        int end = start;
        while (end < path.length() && path.charAt(end) != '|') {
            end = "{[\"(".indexOf(path.charAt(end)) >= 0 ? endOfGroup(path, end) : end + 1;
        }
        return end;
    }

    private static int endOfGroup(String path, int open) {
        int close = path.charAt(open) == '"' ? Brackets.endOfString(path, open) : Brackets.close(path, open);
        return close < 0 ? path.length() : close + 1;
    }

    private static JsonNode apply(JsonNode json, String name, String argument) {
        PathBudget.take(json.size());
        return switch (name) {
            case "reverse" -> reverse(json);
            case "flatten" -> flatten(json, flag(argument, "deep"));
            case "join" -> join(json);
            case "keys" -> keys(json);
            case "values" -> values(json);
            case "tostr" -> toText(json);
            case "fromstr" -> fromText(json);
            case "group" -> group(json);
            case "dig" -> dig(json, argument, JsonNodeFactory.instance.arrayNode());
            default -> json;
        };
    }

    private static boolean flag(String argument, String name) {
        try {
            return !argument.isEmpty() && Json.parse(argument).path(name).asBoolean();
        } catch (MalformedEventException e) {
            return false;
        }
    }

    private static JsonNode reverse(JsonNode json) {
        if (json.isArray()) {
            List<JsonNode> elements = new ArrayList<>();
            json.forEach(elements::add);
            Collections.reverse(elements);
            return JsonNodeFactory.instance.arrayNode().addAll(elements);
        }
        if (json.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(json.properties());
            Collections.reverse(members);
            ObjectNode reversed = JsonNodeFactory.instance.objectNode();
            members.forEach(member -> reversed.set(member.getKey(), member.getValue()));
            return reversed;
        }
        return json;
    }

    private static JsonNode flatten(JsonNode json, boolean deep) {
        if (!json.isArray()) {
            return json;
        }
        ArrayNode flat = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : json) {
            if (element.isArray()) {
                PathBudget.take(element.size());
                (deep ? flatten(element, true) : element).forEach(flat::add);
            } else {
                flat.add(element);
            }
        }
        return flat;
    }

    /** {@code preserve} keeps duplicate keys in gjson's text; here, as for whoever reads that text, one of them counts. */
    private static JsonNode join(JsonNode json) {
        if (!json.isArray()) {
            return json;
        }
        ObjectNode joined = JsonNodeFactory.instance.objectNode();
        for (JsonNode element : json) {
            if (element.isObject()) {
                PathBudget.take(element.size());
                element.properties().forEach(member -> joined.set(member.getKey(), member.getValue()));
            }
        }
        return joined;
    }

    private static JsonNode keys(JsonNode json) {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        if (json.isObject()) {
            json.fieldNames().forEachRemaining(keys::add);
        } else if (json.isArray()) {
            json.forEach(element -> keys.addNull());
        } else if (!json.isMissingNode()) {
            // A single value counts as one nameless element.
            keys.addNull();
        }
        return keys;
    }

    private static JsonNode values(JsonNode json) {
        if (json.isArray()) {
            return json;
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        if (json.isObject()) {
            json.forEach(values::add);
        } else if (!json.isMissingNode()) {
            values.add(json);
        }
        return values;
    }

    private static JsonNode toText(JsonNode json) {
        String text = json.isMissingNode() ? "" : json.toString();
        PathBudget.takeText(text.length());
        return text.length() > LONGEST_TEXT ? MISSING : TextNode.valueOf(text);
    }

    private static JsonNode fromText(JsonNode json) {
        if (!json.isTextual()) {
            // The text of any other value is that value.
            return json;
        }
        PathBudget.takeText(json.textValue().length());
        try {
            return Json.parse(json.textValue());
        } catch (MalformedEventException e) {
            return MISSING;
        }
    }

    /** {@code {"a":[1,2],"b":[3]}} becomes {@code [{"a":1,"b":3},{"a":2}]}. */
    private static JsonNode group(JsonNode json) {
        if (!json.isObject()) {
            return MISSING;
        }
        List<JsonNode> groups = new ArrayList<>();
        json.properties().forEach(member -> {
            PathBudget.take(member.getValue().size());
            if (member.getValue().isArray()) {
                for (int i = 0; i < member.getValue().size(); i++) {
                    if (i == groups.size()) {
                        groups.add(JsonNodeFactory.instance.objectNode());
                    }
                    ((ObjectNode) groups.get(i)).set(member.getKey(), member.getValue().get(i));
                }
            }
        });
        return JsonNodeFactory.instance.arrayNode().addAll(groups);
    }

    /** The path in this value and in every value below it. */
    private static ArrayNode dig(JsonNode json, String path, ArrayNode all) {
        JsonNode found = PathReader.get(json, path);
        if (!found.isMissingNode()) {
            all.add(found);
        }
        if (json.isContainerNode()) {
            json.forEach(child -> dig(child, path, all));
        }
        return all;
    }
}
