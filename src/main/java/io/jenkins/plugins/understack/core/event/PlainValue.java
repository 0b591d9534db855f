package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/** Reads {@link Json#fromPlain}. Of objects that are not plain it asks nothing but their class. */
final class PlainValue {
    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

    private PlainValue() {}

    /** @param depth of {@code value}, which may also contain itself */
    static JsonNode read(String place, Object value, int depth) {
        if (depth > Json.MAX_DEPTH) {
            // The place would be as long as the value is deep.
            throw new InvalidFieldException(place.replaceFirst("[.\\[].*", ""), "is nested deeper than " + Json.MAX_DEPTH);
        }
        if (value instanceof Map<?, ?> map) {
            return object(place, map, depth);
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = NODES.arrayNode();
            for (Object item : items) {
                array.add(read(place + "[" + array.size() + "]", item, depth + 1));
            }
            return array;
        }
        if (value instanceof CharSequence text) {
            // Also Groovy's GString.
            return NODES.textNode(text.toString());
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        return value == null ? NODES.nullNode() : number(place, value);
    }

    private static ObjectNode object(String place, Map<?, ?> map, int depth) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof CharSequence name)) {
                throw new InvalidFieldException(place, "has a key that is " + type(member.getKey()) + "; expected texts as keys");
            }
            object.set(name.toString(), read(place + "." + name, member.getValue(), depth + 1));
        }
        return object;
    }

    /** Only the classes of the JDK: another subclass of Number is somebody's object. */
    private static JsonNode number(String place, Object value) {
        if (value instanceof Integer number) {
            return NODES.numberNode(number.intValue());
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number.longValue());
        }
        if (value.getClass() == BigInteger.class) {
            return NODES.numberNode((BigInteger) value);
        }
        if (value.getClass() == BigDecimal.class) {
            return NODES.numberNode((BigDecimal) value);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return NODES.numberNode(number.doubleValue());
        }
        if (value instanceof Float number && Float.isFinite(number)) {
            return NODES.numberNode(number.floatValue());
        }
        boolean number = value instanceof Double || value instanceof Float;
        throw new InvalidFieldException(
                place,
                "holds " + (number ? value : "a " + type(value)) + "; expected maps, lists, texts, numbers and booleans");
    }

    private static String type(Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }
}
