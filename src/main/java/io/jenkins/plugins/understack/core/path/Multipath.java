package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code [a,b.c]} and {@code {a,"name":b.c}}: several paths at once. What is missing is left out. */
final class Multipath {
    private Multipath() {}

    private record Member(String name, String path) {}

    /** Null where the path holds no multipath after all. */
    static PathReader.Step apply(JsonNode json, String path) {
        int close = Brackets.close(path, 0);
        if (close < 0) {
            return null;
        }
        String rest = path.substring(close + 1);
        if (!rest.isEmpty() && !rest.startsWith("|") && !rest.startsWith(".")) {
            return null;
        }
        List<Member> members = members(path.substring(1, close));
        return PathReader.Step.then(path.charAt(0) == '[' ? array(json, members) : object(json, members), rest);
    }

    private static ArrayNode array(JsonNode json, List<Member> members) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Member member : members) {
            JsonNode value = PathReader.get(json, member.path);
            if (!value.isMissingNode()) {
                array.add(value);
            }
        }
        return array;
    }

    private static ObjectNode object(JsonNode json, List<Member> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Member member : members) {
            JsonNode value = PathReader.get(json, member.path);
            if (!value.isMissingNode() && !object.has(member.name)) {
                object.set(member.name, value);
            }
        }
        return object;
    }

    private static List<Member> members(String text) {
        List<Member> members = new ArrayList<>();
        int start = 0;
        int colon = -1;
        boolean modifier = false;
        int depth = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            switch (c) {
                case '\\' -> i = Math.min(i + 1, text.length() - 1);
                case '"' -> i = Brackets.endOfString(text, i);
                // The colon of a modifier's argument names nothing.
                case '@' -> modifier |= i > 0 && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == '|');
                case '[', '(', '{' -> depth++;
                case ']', ')', '}' -> depth--;
                case ':' -> colon = colon < 0 && depth == 0 && !modifier ? i : colon;
                case ',' -> {
                    if (depth == 0 || i == text.length()) {
                        members.add(member(text, start, colon, i));
                        start = i + 1;
                        colon = -1;
                        modifier = false;
                    }
                }
                default -> {}
            }
        }
        return members;
    }

    private static Member member(String text, int start, int colon, int end) {
        if (colon < 0) {
            String path = text.substring(start, end);
            return new Member(nameOfLast(path), path);
        }
        String name = text.substring(start, colon);
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        return new Member(
                quoted ? Literal.unescape(name.substring(1, name.length() - 1)) : name, text.substring(colon + 1, end));
    }

    /** The last part of a path names its value; {@code _} where that part is no simple name. */
    private static String nameOfLast(String path) {
        int i = path.length() - 1;
        while (i >= 0 && !((path.charAt(i) == '|' || path.charAt(i) == '.') && (i == 0 || path.charAt(i - 1) != '\\'))) {
            i--;
        }
        String last = path.substring(i + 1);
        boolean simple = last.chars().allMatch(c -> c >= ' ' && "[]{}()#|!".indexOf(c) < 0);
        return simple ? last : "_";
    }
}
