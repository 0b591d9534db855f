package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;

/** A mapping of the YAML of imported rules, and where it stands. Every mistake is an {@link InvalidFieldException}. */
record Block(String name, JsonNode node) {
    Block {
        if (!node.isObject()) {
            throw new InvalidFieldException(name, "is no mapping; expected keys and values");
        }
    }

    void only(String... known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!List.of(known).contains(key)) {
                throw new InvalidFieldException(name + "." + key, "is unknown; expected one of " + List.of(known));
            }
        });
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    String text(String key, String otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (value.isContainerNode()) {
            throw new InvalidFieldException(name + "." + key, "is no text; expected one");
        }
        return value.asText();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(key)) {
            if (value.isContainerNode()) {
                throw new InvalidFieldException(name + "." + key, "holds something else than texts");
            }
            texts.add(value.asText());
        }
        return texts;
    }

    List<Block> blocks(String key) {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode value : list(key)) {
            blocks.add(new Block(name + "." + key + "[" + blocks.size() + "]", value));
        }
        return blocks;
    }

    private JsonNode list(String key) {
        JsonNode list = node.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return MissingNode.getInstance();
        }
        if (!list.isArray()) {
            throw new InvalidFieldException(name + "." + key, "is no list; expected one");
        }
        return list;
    }

    Block block(String key) {
        return new Block(name + "." + key, node.path(key));
    }

    /** {@code and} or {@code or}, in lower case; and is what nothing means. */
    boolean isOr(String key) {
        return switch (text(key, "")) {
            case "", "and" -> false;
            case "or" -> true;
            default -> throw new InvalidFieldException(name + "." + key, "\"" + text(key, "") + "\" is unknown; expected and or or");
        };
    }
}
