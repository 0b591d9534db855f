package io.jenkins.plugins.understack.workbench.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Any value of the file. What it must be, the reader says by the method it calls; errors name file, line and field, and do
 * not repeat the value, which may be a secret at the wrong place.
 */
record YamlValue(Place place, Node node, Interpolation variables) {
    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    String text() throws ConfigurationException {
        Interpolation.Result result = resolve();
        if (result.missing() != null) {
            throw place.error("environment variable " + result.missing() + " is not set; set it, or write ${" + result.missing()
                    + ":-default}");
        }
        return result.text();
    }

    /** The text and which variable it lacks, for values that are only needed later. */
    Interpolation.Result resolve() throws ConfigurationException {
        if (!(node instanceof ScalarNode scalar)) {
            throw place.error("is " + kind() + "; expected a text");
        }
        try {
            return variables.resolve(scalar.getValue());
        } catch (IllegalArgumentException e) {
            throw place.error(e.getMessage());
        }
    }

    long number() throws ConfigurationException {
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw place.error("is no whole number; expected one such as 100");
        }
    }

    boolean flag() throws ConfigurationException {
        return switch (text()) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw place.error("is neither true nor false; expected one of the two");
        };
    }

    YamlMap map() throws ConfigurationException {
        if (!(node instanceof MappingNode mapping)) {
            throw place.error("is " + kind() + "; expected fields, one \"name: value\" on each line");
        }
        return new YamlMap(place, mapping, variables);
    }

    List<YamlValue> items() throws ConfigurationException {
        if (!(node instanceof SequenceNode list)) {
            throw place.error("is " + kind() + "; expected a list, each item behind \"- \"");
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new YamlValue(place.item(items.size(), Place.line(item)), item, variables));
        }
        return items;
    }

    /** An item of this list by its index or by its {@code name}; null where there is none. */
    YamlValue item(String which) {
        try {
            for (YamlValue item : items()) {
                if (item.place.path().endsWith("[" + which + "]") || which.equals(item.map().text("name"))) {
                    return item;
                }
            }
        } catch (ConfigurationException e) {
            // Not a list, or not of named items: then there is no such item.
        }
        return null;
    }

    /** A field of this mapping; null where there is none. */
    YamlValue field(String name) {
        try {
            return map().value(name);
        } catch (ConfigurationException e) {
            return null;
        }
    }

    private String kind() {
        return isNull() ? "empty" : isList() ? "a list" : isText() ? "a text" : "a mapping";
    }
}
