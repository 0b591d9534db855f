package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON on one side, the maps, lists, strings, numbers and booleans of Groovy on the other. */
public final class PlainValues {
    private static final int SHORT = 120;

    private PlainValues() {}

    /** Null for null and for a missing node. */
    public static Object fromJson(JsonNode json) {
        if (json.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            json.fields().forEachRemaining(field -> map.put(field.getKey(), fromJson(field.getValue())));
            return map;
        }
        if (json.isArray()) {
            List<Object> list = new ArrayList<>();
            json.forEach(item -> list.add(fromJson(item)));
            return list;
        }
        if (json.isNumber()) {
            return json.numberValue();
        }
        return json.isTextual() ? json.textValue() : json.isBoolean() ? (Object) json.booleanValue() : null;
    }

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
