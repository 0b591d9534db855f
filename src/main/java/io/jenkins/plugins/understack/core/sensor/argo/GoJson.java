package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.path.GoFloat;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What Go's encoding/json does to data on their way through a transform: numbers become float64, and keys are sorted. */
public final class GoJson {
    /** 2^53: up to here every whole number has a float64 of its own. */
    private static final long EXACT = 1L << 53;

    private GoJson() {}

    public static JsonNode beforeTransform(JsonNode data) {
        if (data.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            data.properties().forEach(member -> object.set(member.getKey(), beforeTransform(member.getValue())));
            return object;
        }
        if (data.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            data.forEach(element -> array.add(beforeTransform(element)));
            return array;
        }
        return data.isNumber() ? number(data.doubleValue()) : data;
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) <= EXACT ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
    }

    /** Null stays null: a transform that failed. */
    public static JsonNode afterTransform(JsonNode data) {
        if (data == null || !data.isContainerNode()) {
            boolean fraction = data != null && data.isFloatingPointNumber() && Double.isFinite(data.doubleValue());
            return fraction ? DecimalNode.valueOf(new BigDecimal(GoFloat.format(data.doubleValue()))) : data;
        }
        if (data.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            data.forEach(element -> array.add(afterTransform(element)));
            return array;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        data.properties().forEach(member -> sorted.put(member.getKey(), afterTransform(member.getValue())));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        sorted.forEach(object::set);
        return object;
    }
}
