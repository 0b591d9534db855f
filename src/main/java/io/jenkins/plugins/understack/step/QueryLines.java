package io.jenkins.plugins.understack.step;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.KeyValueLines;
import java.util.LinkedHashMap;
import java.util.Map;

/** A query as the form of the snippet generator has it, one {@code key: value} a line, and as a Pipeline gives it, a map. */
final class QueryLines {
    private QueryLines() {}

    /** A map, null where it would be empty; or what was given where it cannot be one, for which the step fails. */
    static Object read(Object query) {
        if (!(query instanceof CharSequence text)) {
            return query;
        }
        try {
            Map<String, String> table = new LinkedHashMap<>(KeyValueLines.parseText("query", text.toString()));
            return table.isEmpty() ? null : table;
        } catch (InvalidFieldException e) {
            return text.toString();
        }
    }

    static String write(Object query) {
        if (!(query instanceof Map<?, ?> map)) {
            return query == null ? "" : query.toString();
        }
        StringBuilder lines = new StringBuilder();
        map.forEach((key, value) -> lines.append(key).append(": ").append(value).append('\n'));
        return lines.toString();
    }
}
