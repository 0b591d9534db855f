package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/** An operator whose result is taken from the budget before it is made: {@code "x" * 2e9} is one step. */
record JqOperator(BinaryOperator operator) implements BinaryOperator {
    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        switch (operator.image()) {
            case "+" -> {
                if (!left.isNumber()) {
                    JqBudget.bytes(JqSize.shallow(left) + JqSize.shallow(right));
                }
            }
            case "*" -> multiply(left, right);
            case "/" -> {
                if (left.isTextual() && right.isTextual()) {
                    split(left, right);
                }
            }
            default -> {
                // Makes nothing that is larger than what there is.
            }
        }
        return isBeyondLong(left, right)
                // As jq does; the library would take the lower 64 bits.
                ? operator.apply(mapper, DoubleNode.valueOf(left.doubleValue()), DoubleNode.valueOf(right.doubleValue()))
                : operator.apply(mapper, left, right);
    }

    private static boolean isBeyondLong(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber() && (left.isBigInteger() || right.isBigInteger());
    }

    private static void multiply(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isNumber()) {
            repeat(left, right);
        } else if (left.isNumber() && right.isTextual()) {
            repeat(right, left);
        } else if (left.isObject() && right.isObject()) {
            JqBudget.bytes(JqSize.texts(JqSize.values(left) + JqSize.values(right)));
        }
    }

    private static void repeat(JsonNode text, JsonNode times) {
        double count = Math.min(Integer.MAX_VALUE, times.asDouble());
        JqBudget.bytes(JqSize.text((long) (text.textValue().length() * Math.max(0, count))));
    }

    static void split(JsonNode text, JsonNode separator) {
        JqBudget.bytes(JqSize.shallow(text) + JqSize.texts(JqSize.occurrences(text.textValue(), separator.textValue())));
    }

    @Override
    public String image() {
        return operator.image();
    }
}
