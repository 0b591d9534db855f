package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.List;
import java.util.Map;

/** The maps, lists, strings, numbers and booleans of Groovy, for people to read. */
public final class PlainValues {
    private static final int SHORT = 120;

    private PlainValues() {}

    /** The result of a workflow, for people: its text where it is or holds something that is not plain. */
    public static JsonNode toJson(Object value) {
        try {
            return Json.fromPlain("result", value);
        } catch (InvalidFieldException e) {
            return Json.MAPPER.getNodeFactory().textNode(String.valueOf(value));
        }
    }

    /** One short line; of maps and lists only size and names, because their values may be long or private. */
    public static String shortForm(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Map<?, ?> map) {
            return "map of " + map.size() + ": " + line(String.join(", ", map.keySet().stream().map(String::valueOf).toList()), 60);
        }
        if (value instanceof List<?> list) {
            return "list of " + list.size();
        }
        return line(value.toString(), SHORT);
    }

    /** Text on one line, cut after {@code longest} characters. */
    public static String line(String text, int longest) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
