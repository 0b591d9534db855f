package io.jenkins.plugins.understack.core.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Locale;
import java.util.Optional;

/**
 * A condition on the elements of an array: {@code #(name=="x")}, {@code #(count>3)}, {@code #(name)}, {@code #(flag==~true)}.
 *
 * @param path what is compared; empty for the element itself
 * @param operator one of {@code = != < <= > >= % !%}, or empty when being there is enough
 * @param operand without quotes
 * @param end position after the closing bracket
 */
record Query(String path, String operator, String operand, int end) {
    /** @param text begins with {@code #(} or {@code #[} */
    static Query parse(String text) {
        int close = Brackets.close(text, 1);
        if (close < 0) {
            return null;
        }
        int operatorAt = operatorPosition(text, close);
        if (operatorAt < 0) {
            return new Query(trim(text.substring(2, close)), "", "", close + 1);
        }
        String condition = trim(text.substring(operatorAt, close));
        if (condition.startsWith("==")) {
            condition = condition.substring(1);
        }
        int length = condition.length() > 1
                        && (condition.startsWith("!=")
                                || condition.startsWith("!%")
                                || condition.startsWith("<=")
                                || condition.startsWith(">="))
                ? 2
                : condition.startsWith("!") && condition.length() > 1 ? 0 : 1;
        String operand = trim(condition.substring(length));
        return new Query(
                trim(text.substring(2, operatorAt)), condition.substring(0, length), unquote(operand), close + 1);
    }

    /** The first of {@code ! = < > %} outside of nested brackets and strings; -1 where there is none. */
    private static int operatorPosition(String text, int close) {
        int depth = 0;
        for (int i = 2; i < close; i++) {
            char c = text.charAt(i);
            if (depth == 0 && "!=<>%".indexOf(c) >= 0) {
                return i;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
            } else if (c == '"') {
                i = Brackets.endOfString(text, i);
            }
        }
        return -1;
    }

    private static String unquote(String operand) {
        return operand.length() >= 2 && operand.startsWith("\"") && operand.endsWith("\"")
                ? Literal.unescape(operand.substring(1, operand.length() - 1))
                : operand;
    }

    private static String trim(String text) {
        return text.trim();
    }

    boolean accepts(JsonNode tested) {
        if (operand.startsWith("~")) {
            return truth(tested, operand.substring(1))
                    .map(truth -> operator.isEmpty() || compare(BooleanNode.valueOf(truth), "true"))
                    .orElse(false);
        }
        return !tested.isMissingNode() && (operator.isEmpty() || compare(tested, operand));
    }

    /** {@code ~true} and the like; empty for an unknown word. */
    private static Optional<Boolean> truth(JsonNode tested, String word) {
        return switch (word) {
            case "*" -> Optional.of(!tested.isMissingNode());
            case "null" -> Optional.of(tested.isNull() || tested.isMissingNode());
            case "true" -> Optional.of(isTrue(tested));
            case "false" -> Optional.of(isFalse(tested));
            default -> Optional.empty();
        };
    }

    private static boolean isTrue(JsonNode tested) {
        return tested.isBoolean() && tested.booleanValue()
                || tested.isNumber() && tested.doubleValue() != 0
                || tested.isTextual() && word(tested).equals(Optional.of(true));
    }

    private static boolean isFalse(JsonNode tested) {
        return tested.isNull()
                || tested.isMissingNode()
                || tested.isBoolean() && !tested.booleanValue()
                || tested.isNumber() && tested.doubleValue() == 0
                || tested.isTextual() && word(tested).equals(Optional.of(false));
    }

    private static Optional<Boolean> word(JsonNode text) {
        return GoBool.parse(text.textValue().toLowerCase(Locale.ROOT));
    }

    private boolean compare(JsonNode tested, String with) {
        if (tested.isTextual()) {
            String text = tested.textValue();
            return switch (operator) {
                case "%" -> Wildcard.matches(text, with);
                case "!%" -> !Wildcard.matches(text, with);
                default -> holds(text.compareTo(with));
            };
        }
        if (tested.isNumber()) {
            double number = GoFloat.parseOrZero(with);
            double value = tested.doubleValue();
            return operator.equals("!=") ? value != number : !Double.isNaN(number) && holds(Double.compare(value, number));
        }
        if (tested.isBoolean()) {
            return compare(tested.booleanValue(), with);
        }
        return false;
    }

    private boolean holds(int comparison) {
        return switch (operator) {
            case "=" -> comparison == 0;
            case "!=" -> comparison != 0;
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            case ">=" -> comparison >= 0;
            default -> false;
        };
    }

    /** False is less than true; the operand is compared as text. */
    private boolean compare(boolean value, String with) {
        return switch (operator) {
            case "=" -> with.equals(Boolean.toString(value));
            case "!=" -> !with.equals(Boolean.toString(value));
            case ">" -> value && with.equals("false");
            case ">=" -> value;
            case "<" -> !value && with.equals("true");
            case "<=" -> !value;
            default -> false;
        };
    }
}
