package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Estimates for {@link JqBudget}, in bytes of memory where nothing else is said. */
final class JqSize {
    static final int ITEM = 24;
    private static final int SLOT = 8;
    private static final int MEMBER = 64;
    private static final int TOKEN = 80;

    /** A text of which no more than its length is looked at. */
    private static final int SHORT = 4_096;

    /** What a character of JSON becomes at most: {@code {},} is a token and an item. */
    private static final int MOST_FOR_ONE = 36;

    private JqSize() {}

    /** A value without those that it holds. */
    static long shallow(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> ITEM + text(value.textValue().length());
            case ARRAY -> ITEM + (long) SLOT * value.size();
            case OBJECT -> ITEM + (long) MEMBER * value.size();
            default -> ITEM;
        };
    }

    static long text(long characters) {
        return 2 * characters;
    }

    static long texts(long number) {
        return TOKEN * number;
    }

    /** Characters of the JSON of a value. */
    static long json(JsonNode value) {
        if (value.isTextual()) {
            return quoted(value.textValue());
        }
        if (!value.isContainerNode()) {
            return value.isBigInteger() || value.isBigDecimal() ? value.asText().length() : ITEM;
        }
        JqBudget.values(value.size());
        long sum = 2L + value.size();
        for (JsonNode member : value) {
            sum += json(member);
        }
        if (value.isObject()) {
            for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
                sum += 1 + quoted(names.next());
            }
        }
        return sum;
    }

    private static long quoted(String text) {
        long sum = 2L + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            sum += c < ' ' ? 5 : c == '"' || c == '\\' ? 1 : 0;
        }
        return sum;
    }

    /** What a JSON text becomes. */
    static long parsed(String json) {
        if (json.length() <= SHORT) {
            return (long) MOST_FOR_ONE * json.length();
        }
        long sum = text(json.length());
        for (int i = 0; i < json.length(); i++) {
            sum += switch (json.charAt(i)) {
                case ',', '[' -> ITEM;
                case ':' -> MEMBER;
                case '{' -> TOKEN;
                default -> 0;
            };
        }
        return sum;
    }

    /** How often a part is in a text; every place counts, also where the last one has not ended. */
    static long occurrences(String text, String part) {
        if (part.isEmpty()) {
            return text.length();
        }
        long number = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1)) {
            number++;
        }
        return number;
    }

    /** Values in all, the outermost one included. */
    static long values(JsonNode value) {
        JqBudget.values(1);
        long sum = 1;
        if (value.isContainerNode()) {
            for (JsonNode member : value) {
                sum += values(member);
            }
        }
        return sum;
    }

    /** The copies that a change at a path makes; all that it leads through. */
    static long copied(JsonNode value, JsonNode path) {
        long sum = 0;
        JsonNode at = value;
        for (JsonNode part : path) {
            sum += shallow(at) + index(part);
            at = part.isTextual() ? at.path(part.textValue()) : at.path(part.asInt());
        }
        return sum + shallow(at);
    }

    /** An array that is set at an index gets as many elements. */
    static long index(JsonNode index) {
        return index.isNumber() ? (long) SLOT * Math.max(0, index.asInt()) : 0;
    }
}
