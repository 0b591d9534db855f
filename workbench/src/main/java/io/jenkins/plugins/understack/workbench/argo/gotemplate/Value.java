package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.path.GoFloat;
import java.util.List;
import java.util.stream.Collectors;

/** A value in a template. {@link #toString} reads as the same. */
sealed interface Value {
    /** What stands before it in a pipeline is its last argument. */
    record Call(String function, List<Value> arguments, int position) implements Value {
        @Override
        public String toString() {
            return function
                    + arguments.stream()
                            .map(argument -> " " + (argument instanceof Call ? "(" + argument + ")" : argument))
                            .collect(Collectors.joining());
        }
    }

    record Dot() implements Value {
        @Override
        public String toString() {
            return ".";
        }
    }

    /** {@code $name}; without name, what the dot was at first. */
    record Variable(String name, int position) implements Value {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    record Member(Value of, List<String> names, int position) implements Value {
        @Override
        public String toString() {
            String base = of instanceof Dot ? "" : of instanceof Variable ? of.toString() : "(" + of + ")";
            return base + "." + String.join(".", names);
        }
    }

    /** @param value String, Long, Double, Boolean, or null */
    record Literal(Object value) implements Value {
        @Override
        public String toString() {
            if (value instanceof String text) {
                return Json.MAPPER.valueToTree(text).toString();
            }
            if (value instanceof Double number) {
                String digits = GoFloat.format(number);
                return digits.contains(".") ? digits : digits + ".0";
            }
            return value == null ? "nil" : value.toString();
        }
    }
}
