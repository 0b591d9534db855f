package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** Where a parameter of Argo is written, in the language of sjson: dots, backslash, indexes, {@code -1} behind the last one. */
record DestPath(List<String> keys) {
    static DestPath parse(String text) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                key.append(text.charAt(++i));
            } else if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return new DestPath(List.copyOf(keys));
    }

    /** Without the first keys; null where those are others. */
    DestPath below(String... first) {
        return keys.size() > first.length && keys.subList(0, first.length).equals(List.of(first))
                ? new DestPath(keys.subList(first.length, keys.size()))
                : null;
    }

    boolean endsWith(String key) {
        return keys.get(keys.size() - 1).equals(key);
    }

    /** What holds the value that is written; missing where there is nothing yet. */
    JsonNode holder(JsonNode root) {
        JsonNode node = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            node = node.isArray() ? element(node, key) : node.path(key.startsWith(":") ? key.substring(1) : key);
        }
        return node;
    }

    private static JsonNode element(JsonNode list, String key) {
        return key.matches("[0-9]{1,6}") ? list.path(Integer.parseInt(key)) : MissingNode.getInstance();
    }

    /** The list that this leads behind the end of, or null. */
    String past(JsonNode root) {
        JsonNode node = root;
        for (int i = 0; i < keys.size() - 1; i++) {
            if (node.isArray()) {
                if (element(node, keys.get(i)).isMissingNode()) {
                    return String.join(".", keys.subList(0, i)) + ", which has " + node.size();
                }
                node = element(node, keys.get(i));
            } else {
                node = node.path(keys.get(i));
            }
        }
        return null;
    }
}
