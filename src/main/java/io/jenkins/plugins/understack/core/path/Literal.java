package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.util.Locale;
import java.util.Set;

/** {@code !"text"}, {@code !12}, {@code !true}, {@code !{"a":1}}: a value that is written in the path itself. */
final class Literal {
    private static final Set<String> WORDS = Set.of("true", "false", "null", "nan", "inf");

    private Literal() {}

    /** Null where the path holds no literal after all. */
    static PathReader.Step apply(String path) {
        int end = end(path);
        return end < 0 ? null : PathReader.Step.then(parse(path.substring(1, end)), path.substring(end));
    }

    /** The position after the literal, or -1. */
    private static int end(String path) {
        char first = path.charAt(1);
        if (first == '{' || first == '[') {
            int close = Brackets.close(path, 1);
            return close < 0 ? path.length() : close + 1;
        }
        if (first == '"') {
            return Brackets.endOfString(path, 1) + 1;
        }
        int end = 1;
        while (end < path.length() && path.charAt(end) != '|' && path.charAt(end) != '.') {
            end++;
        }
        if (first == '+' || first == '-' || first >= '0' && first <= '9') {
            // A number takes everything that follows, as in gjson.
            return path.length();
        }
        return WORDS.contains(path.substring(1, end).toLowerCase(Locale.ROOT)) ? end : -1;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedEventException e) {
            return MissingNode.getInstance();
        }
    }

    /** The text of a JSON string without its quotes; as it is where its escapes are wrong. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        JsonNode parsed = parse('"' + text + '"');
        return parsed.isTextual() ? parsed.textValue() : text;
    }
}
