package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.path.Path;

/**
 * Puts {@link JqBudget#step} before every expression of a compiled program, so that an evaluation can be ended. jackson-jq has
 * no hook for that: {@code .[] as $x | .[] as $y | …} runs without calling anything that could be replaced. Hence the
 * reflection into its syntax tree; the tests of JqProgram show for each kind of loop that it still ends.
 */
final class JqSteps {
    private static final String PACKAGE = "net.thisptr.jackson.jq.";
    private static final List<String> TREE = List.of(
            PACKAGE + "JsonQuery", PACKAGE + "internal.tree.", PACKAGE + "internal.misc.Pair",
            PACKAGE + "internal.IsolatedScopeQuery", PACKAGE + "internal.FixedScopeQuery", PACKAGE + "internal.JsonQueryFunction");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private JqSteps() {}

    private record Step(Expression expression) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
            JqBudget.step();
            expression.apply(scope, in, path, output, requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /** @param compiled a JsonQuery or a function written in jq, not yet in use; is changed */
    static <T> T into(T compiled) {
        try {
            new JqSteps().visit(compiled);
            return compiled;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("jackson-jq has changed", e);
        }
    }

    private void visit(Object node) throws IllegalAccessException {
        if (!seen.add(node)) {
            return;
        }
        for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    Object value = field.get(node);
                    Object stepped = step(value);
                    if (stepped != value && field.getType().isInstance(stepped)) {
                        field.set(node, stepped);
                    }
                }
            }
        }
    }

    /** What goes where {@code value} was: mostly itself. */
    private Object step(Object value) throws IllegalAccessException {
        if (value instanceof List<?> list) {
            step(list);
        } else if (value != null && TREE.stream().anyMatch(value.getClass().getName()::startsWith)) {
            visit(value);
            // Literals and "." cost nothing, and some parents look for them.
            if (value instanceof Expression expression && !(value instanceof ValueLiteral) && !(value instanceof ThisObject)) {
                return new Step(expression);
            }
        }
        return value;
    }

    private <T> void step(List<T> list) throws IllegalAccessException {
        for (ListIterator<T> items = list.listIterator(); items.hasNext(); ) {
            T item = items.next();
            @SuppressWarnings("unchecked")
            T stepped = (T) step(item);
            if (stepped != item) {
                items.set(stepped);
            }
        }
    }
}
