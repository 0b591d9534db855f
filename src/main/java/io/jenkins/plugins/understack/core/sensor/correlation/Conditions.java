package io.jenkins.plugins.understack.core.sensor.correlation;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which dependencies must be fulfilled: their names with {@code &&}, {@code ||} and parentheses, as in Argo Events. */
public sealed interface Conditions {
    /** @param present names of the dependencies that are fulfilled */
    boolean hold(Set<String> present);

    /** The names of all dependencies, in order. */
    Set<String> names();

    /** One dependency. */
    record Name(String name) implements Conditions {
        @Override
        public boolean hold(Set<String> present) {
            return present.contains(name);
        }

        @Override
        public Set<String> names() {
            return Set.of(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All of the parts. */
    record And(List<Conditions> parts) implements Conditions {
        @Override
        public boolean hold(Set<String> present) {
            return parts.stream().allMatch(part -> part.hold(present));
        }

        @Override
        public Set<String> names() {
            return union(parts);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" && "));
        }
    }

    /** One of the parts at least. */
    record Or(List<Conditions> parts) implements Conditions {
        @Override
        public boolean hold(Set<String> present) {
            return parts.stream().anyMatch(part -> part.hold(present));
        }

        @Override
        public Set<String> names() {
            return union(parts);
        }

        @Override
        public String toString() {
            return parts.stream().map(Object::toString).collect(Collectors.joining(" || "));
        }
    }

    private static Set<String> union(List<Conditions> parts) {
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> names.addAll(part.names()));
        return names;
    }

    /**
     * @param text null for all of {@code dependencies}
     * @throws InvalidFieldException where {@code text} is no such expression, names something else, or leaves a dependency out
     */
    static Conditions parse(String field, String text, List<String> dependencies) {
        if (text == null) {
            return new And(dependencies.stream().<Conditions>map(Name::new).toList());
        }
        Conditions conditions = new ConditionsParser(field, text).parse();
        for (String name : conditions.names()) {
            if (!dependencies.contains(name)) {
                throw new InvalidFieldException(field, "names \"" + name + "\", which is no dependency; expected some of " + dependencies);
            }
        }
        for (String name : dependencies) {
            if (!conditions.names().contains(name)) {
                throw new InvalidFieldException(field, "leaves out the dependency \"" + name + "\", which is never used then");
            }
        }
        return conditions;
    }
}
