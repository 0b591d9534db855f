package io.jenkins.plugins.understack.workbench.argo.govaluate;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes an expression in jq. Types are checked when it runs, with functions, unless they are known already: {@code &&} takes
 * booleans only, {@code <} two numbers or two texts, and what does not fit is an error.
 */
final class GovaluateWriter {
    private static final Map<String, String> NUMERIC = Map.of("/", "go_divide", "%", "go_modulo", "**", "pow");

    private final Set<String> fields;

    GovaluateWriter(Set<String> fields) {
        this.fields = fields;
    }

    Jq write(Node node) {
        if (node instanceof Node.Literal literal) {
            return literal(literal.value());
        } else if (node instanceof Node.Name name) {
            return fields.contains(name.name())
                    ? Jq.whole(Jq.member(".", name.name()), Kind.ANY)
                    : Jq.call(Kind.ANY, "go_unbound", Jq.text(name.name()));
        } else if (node instanceof Node.Prefix prefix) {
            return prefix.operator().equals("!")
                    ? Jq.open(bool(write(prefix.operand())).operand() + " | not", Kind.BOOLEAN)
                    : Jq.open("-" + number(write(prefix.operand())).operand(), Kind.NUMBER);
        } else if (node instanceof Node.Elements list) {
            return elements(list.elements().stream().map(this::write).toList());
        }
        return binary((Node.Binary) node);
    }

    private static Jq literal(Object value) {
        if (value instanceof Double number) {
            return Jq.number(number);
        }
        return value instanceof String text ? Jq.text(text) : Jq.whole(value.toString(), Kind.BOOLEAN);
    }

    /** What is appended to a list becomes a part of it, also where the list is a field. */
    private static Jq elements(List<Jq> elements) {
        boolean spread = elements.get(0).kind() == Kind.ANY || elements.get(0).kind() == Kind.LIST;
        String all = elements.stream().skip(spread ? 1 : 0).map(Jq::operand).collect(Collectors.joining(", ", "[", "]"));
        return spread
                ? Jq.open("go_elements(" + elements.get(0).text() + ") + " + all, Kind.LIST)
                : Jq.whole(all, Kind.LIST);
    }

    private Jq binary(Node.Binary node) {
        String operator = node.operator();
        if (operator.equals(":") && node.left() instanceof Node.Binary when && when.operator().equals("?")) {
            return choice(write(when.left()), write(when.right()), write(node.right()));
        }
        Jq left = write(node.left());
        Jq right = write(node.right());
        return switch (operator) {
            case "&&" -> Jq.open(bool(left).operand() + " and " + bool(right).operand(), Kind.BOOLEAN);
            case "||" -> Jq.open(bool(left).operand() + " or " + bool(right).operand(), Kind.BOOLEAN);
            case "==", "!=" -> Jq.open(left.operand() + " " + operator + " " + right.operand(), Kind.BOOLEAN);
            case "<", "<=", ">", ">=" -> ordered(operator, left, right);
            case "=~" -> Jq.call(Kind.BOOLEAN, "go_matches", left, right);
            case "!~" -> Jq.open(Jq.call(Kind.BOOLEAN, "go_matches", left, right).text() + " | not", Kind.BOOLEAN);
            case "in" -> Jq.call(Kind.BOOLEAN, "go_in", left, right);
            case "?" -> Jq.open("if " + bool(left).text() + " then " + right.text() + " else null end", Kind.ANY);
            case ":", "??" -> otherwise(left, right);
            case "+" -> plus(left, right);
            case "-", "*" -> Jq.open(number(left).operand() + " " + operator + " " + number(right).operand(), Kind.NUMBER);
            default -> Jq.call(Kind.NUMBER, NUMERIC.get(operator), number(left), number(right));
        };
    }

    private static Jq ordered(String operator, Jq left, Jq right) {
        if (left.kind() == Kind.NUMBER || right.kind() == Kind.NUMBER) {
            return Jq.open(number(left).operand() + " " + operator + " " + number(right).operand(), Kind.BOOLEAN);
        }
        if (left.kind() == Kind.TEXT || right.kind() == Kind.TEXT) {
            return Jq.open(string(left).operand() + " " + operator + " " + string(right).operand(), Kind.BOOLEAN);
        }
        return Jq.open(Jq.call(Kind.NUMBER, "go_compare", left, right).text() + " " + operator + " 0", Kind.BOOLEAN);
    }

    /** {@code c ? a : b} is {@code (c ? a) : b}, so b also stands for an a that is null. */
    private static Jq choice(Jq condition, Jq value, Jq other) {
        String when = "if " + bool(condition).text() + " then ";
        return value.kind() == Kind.ANY
                ? otherwise(Jq.open(when + value.text() + " else null end", Kind.ANY), other)
                : Jq.open(when + value.text() + " else " + other.text() + " end", value.kind() == other.kind() ? value.kind() : Kind.ANY);
    }

    private static Jq otherwise(Jq value, Jq other) {
        return Jq.open(value.operand() + " as $value | if $value == null then " + other.text() + " else $value end", Kind.ANY);
    }

    private static Jq plus(Jq left, Jq right) {
        if (left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER) {
            return Jq.open(left.operand() + " + " + right.operand(), Kind.NUMBER);
        }
        if (left.kind() == Kind.TEXT && right.kind() == Kind.TEXT) {
            return Jq.open(left.operand() + " + " + right.operand(), Kind.TEXT);
        }
        boolean text = left.kind() == Kind.TEXT || right.kind() == Kind.TEXT;
        return Jq.call(text ? Kind.TEXT : Kind.ANY, "go_plus", left, right);
    }

    private static Jq bool(Jq value) {
        return value.kind() == Kind.BOOLEAN ? value : Jq.call(Kind.BOOLEAN, "go_boolean", value);
    }

    private static Jq number(Jq value) {
        return value.kind() == Kind.NUMBER ? value : Jq.call(Kind.NUMBER, "go_number", value);
    }

    private static Jq string(Jq value) {
        return value.kind() == Kind.TEXT ? value : Jq.call(Kind.TEXT, "go_string", value);
    }
}
