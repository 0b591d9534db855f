package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping of the file, read field by field; every error names file, line and field. Immutable. */
final class YamlMap {
    private final Place place;
    private final Interpolation variables;
    private final Map<String, YamlValue> fields = new LinkedHashMap<>();

    YamlMap(Place place, MappingNode node, Interpolation variables) throws ConfigurationException {
        this.place = place;
        this.variables = variables;
        for (NodeTuple entry : node.getValue()) {
            Node key = entry.getKeyNode();
            if (!(key instanceof ScalarNode name)) {
                throw place.error("line " + Place.line(key) + " has a key that is no text; expected the name of a field");
            }
            Place field = place.field(name.getValue(), Place.line(key));
            if (fields.put(name.getValue(), new YamlValue(field, entry.getValueNode(), variables)) != null) {
                throw field.error("occurs twice; expected each field once");
            }
        }
    }

    Place place() {
        return place;
    }

    Set<String> names() {
        return fields.keySet();
    }

    /** Refuses all other fields. */
    YamlMap allow(String... known) throws ConfigurationException {
        for (Map.Entry<String, YamlValue> field : fields.entrySet()) {
            if (!List.of(known).contains(field.getKey())) {
                throw field.getValue().place().error("is unknown; expected one of " + String.join(", ", known));
            }
        }
        return this;
    }

    /** Null where the field is absent or empty. */
    YamlValue value(String name) {
        YamlValue value = fields.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Null where the field is absent or empty. */
    String text(String name) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? null : value.text();
    }

    long number(String name, long otherwise) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? otherwise : value.number();
    }

    /** Null where the field is absent or empty. */
    Long number(String name) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? null : Long.valueOf(value.number());
    }

    /** Null where the field is absent or empty; what is too large is the largest there is. */
    Integer integer(String name) throws ConfigurationException {
        Long value = number(name);
        return value == null ? null : Integer.valueOf((int) Math.max(Integer.MIN_VALUE, Math.min(value, Integer.MAX_VALUE)));
    }

    boolean flag(String name, boolean otherwise) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? otherwise : value.flag();
    }

    /** Null where the field is absent or empty. */
    YamlMap map(String name) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? null : value.map();
    }

    /** The items of a list of mappings; none where the field is absent or empty. */
    List<YamlMap> maps(String name) throws ConfigurationException {
        List<YamlMap> maps = new ArrayList<>();
        for (YamlValue item : items(name)) {
            maps.add(item.map());
        }
        return maps;
    }

    /** The items of a list of texts; none where the field is absent or empty. */
    List<String> texts(String name) throws ConfigurationException {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items(name)) {
            texts.add(item.text());
        }
        return texts;
    }

    private List<YamlValue> items(String name) throws ConfigurationException {
        YamlValue value = value(name);
        return value == null ? List.of() : value.items();
    }

    /**
     * Builds something of core from this mapping.
     *
     * @param object may throw {@link InvalidFieldException}, whose field is relative to this mapping
     */
    <T> T build(Supplier<T> object) throws ConfigurationException {
        try {
            return object.get();
        } catch (InvalidFieldException e) {
            throw new Place(place.file(), line(e.field()), place.path() + "." + e.field()).error(e.detail());
        }
    }

    /** The line of a field below this mapping, such as {@code filters[0].path}; where it is absent, of what should have it. */
    private int line(String path) {
        int line = place.line();
        YamlValue here = null;
        for (String step : path.replace("[", ".[").split("\\.")) {
            YamlValue next = step.startsWith("[") && here != null
                    ? here.item(step.substring(1, step.length() - 1))
                    : here == null ? fields.get(step) : here.field(step);
            if (next == null) {
                return line;
            }
            here = next;
            line = here.place().line();
        }
        return line;
    }
}
