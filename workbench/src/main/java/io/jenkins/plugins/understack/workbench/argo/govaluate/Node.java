package io.jenkins.plugins.understack.workbench.argo.govaluate;

import io.jenkins.plugins.understack.core.path.GoFloat;
import java.util.List;
import java.util.stream.Collectors;

/** A part of an expression. {@link #toString} is an expression that reads as the same. */
sealed interface Node {
    record Literal(Object value) implements Node {
        @Override
        public String toString() {
            if (value instanceof Double number) {
                return GoFloat.format(number);
            }
            return value instanceof String text ? '"' + text.replaceAll("([\\\\\"'])", "\\\\$1") + '"' : value.toString();
        }
    }

    /** A field. */
    record Name(String name) implements Node {
        @Override
        public String toString() {
            return "[" + name.replaceAll("([\\\\\\]])", "\\\\$1") + "]";
        }
    }

    /** @param operator {@code -} or {@code !} */
    record Prefix(String operator, Node operand) implements Node {
        @Override
        public String toString() {
            return operator + "(" + operand + ")";
        }
    }

    record Binary(String operator, Node left, Node right) implements Node {
        @Override
        public String toString() {
            return side(left) + " " + operator + " " + side(right);
        }

        private static String side(Node node) {
            return node instanceof Binary ? "(" + node + ")" : node.toString();
        }
    }

    /** Two or more, as {@code IN} takes them. */
    record Elements(List<Node> elements) implements Node {
        @Override
        public String toString() {
            return elements.stream().map(Binary::side).collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
