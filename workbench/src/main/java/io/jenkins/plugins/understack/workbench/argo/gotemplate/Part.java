package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a template. {@link #toString} is a template that reads as the same. */
sealed interface Part {
    record Text(String text) implements Part {
        @Override
        public String toString() {
            return text;
        }
    }

    record Print(Value value) implements Part {
        @Override
        public String toString() {
            return "{{ " + value + " }}";
        }
    }

    /** Holds for the parts behind it. */
    record Declare(String variable, Value value) implements Part {
        @Override
        public String toString() {
            return "{{ $" + variable + " := " + value + " }}";
        }
    }

    /** @param with whether the value is the dot of {@code then} */
    record Choose(boolean with, Value condition, List<Part> then, List<Part> otherwise) implements Part {
        @Override
        public String toString() {
            return "{{ " + (with ? "with " : "if ") + condition + " }}" + all(then) + orElse(otherwise) + "{{ end }}";
        }
    }

    /** @param index and {@code element}: variables, or null */
    record Range(String index, String element, Value list, List<Part> body, List<Part> otherwise) implements Part {
        @Override
        public String toString() {
            String variables = element == null ? "" : (index == null ? "" : "$" + index + ", ") + "$" + element + " := ";
            return "{{ range " + variables + list + " }}" + all(body) + orElse(otherwise) + "{{ end }}";
        }
    }

    static String all(List<Part> parts) {
        return parts.stream().map(Part::toString).collect(Collectors.joining());
    }

    private static String orElse(List<Part> parts) {
        return parts.isEmpty() ? "" : "{{ else }}" + all(parts);
    }
}
