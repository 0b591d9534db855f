package io.jenkins.plugins.understack.core.jq;

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
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.Assignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.ComplexAssignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.UpdateAssignment;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;

/**
 * Puts {@link JqBudget#step} before every expression of a compiled program, so that an evaluation can be ended, and takes what
 * the expressions make from the budget. jackson-jq has no hook for that: {@code .[] as $x | .[] as $y | …} runs without calling
 * anything that could be replaced. Hence the reflection into its syntax tree; the tests of JqProgram show for each kind of loop
 * and of growth that it still ends.
 */
final class JqSteps {
    private static final String PACKAGE = "net.thisptr.jackson.jq.";
    private static final List<String> TREE = List.of(
            PACKAGE + "JsonQuery", PACKAGE + "internal.tree.", PACKAGE + "internal.misc.Pair",
            PACKAGE + "internal.IsolatedScopeQuery", PACKAGE + "internal.FixedScopeQuery", PACKAGE + "internal.JsonQueryFunction");

    /** Values that a search for one element looks at; arrays that long can be. */
    private static final int SEARCH = 10_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private JqSteps() {}

    /** What becomes of the values that an expression puts out. */
    private enum Use {
        PASSED,
        /** Kept until the last one is there. */
        HELD,
        /** Become a part of another value. */
        STORED,
        WRITTEN_AS_TEXT,
        INDEX;

        /** @param owner what the expression is a field of */
        static Use of(Object owner, String field) {
            if (assigns(owner)) {
                return field.equals("rhs") ? STORED : HELD;
            }
            if (owner instanceof StringInterpolation) {
                return WRITTEN_AS_TEXT;
            }
            if (owner instanceof BracketFieldAccess && field.equals("startExpr")) {
                return INDEX;
            }
            return owner instanceof ArrayConstruction || field.equals("reduceExpr") ? HELD : PASSED;
        }

        void take(JsonNode value) {
            switch (this) {
                case HELD -> JqBudget.bytes(JqSize.ITEM);
                case STORED -> {
                    JqBudget.bytes(JqSize.ITEM);
                    JqBudget.walk(value);
                }
                case WRITTEN_AS_TEXT -> JqBudget.bytes(JqSize.text(JqSize.json(value)));
                // Every place of one array is compared with another: a search.
                case INDEX -> JqBudget.values(value.isArray() ? SEARCH * (long) value.size() : 0);
                case PASSED -> {}
            }
        }
    }

    /** Where the values that an expression puts out come from. */
    private enum Origin {
        FOUND,
        /** With members that were there before, so that the whole can be larger than its parts. */
        BUILT,
        COPIED;

        static Origin of(Expression expression) {
            return expression instanceof ArrayConstruction || expression instanceof ObjectConstruction
                    ? BUILT
                    : assigns(expression) || expression instanceof StringInterpolation || isSlice(expression) ? COPIED : FOUND;
        }

        void take(JsonNode value) {
            if (this == BUILT) {
                JqBudget.walk(value);
            }
            if (this != FOUND) {
                JqBudget.bytes(JqSize.shallow(value));
            }
        }
    }

    private static boolean assigns(Object node) {
        return node instanceof Assignment || node instanceof UpdateAssignment || node instanceof ComplexAssignment;
    }

    private static boolean isSlice(Expression expression) {
        return expression instanceof BracketFieldAccess && (boolean) JqBounds.get(expression, "isRange");
    }

    private record Step(Expression expression, Origin origin, Use use) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
            JqBudget.step();
            if (origin == Origin.FOUND && use == Use.PASSED && path == null) {
                expression.apply(scope, in, null, output, requirePath);
                return;
            }
            expression.apply(
                    scope,
                    in,
                    path,
                    (value, valuePath) -> {
                        origin.take(value);
                        if (valuePath != null) {
                            // Whoever changes something there copies what leads to it.
                            JqBudget.bytes(JqSize.shallow(value) + (valuePath instanceof ArrayIndexPath at ? JqSize.index(at.index) : 0));
                        }
                        use.take(value);
                        output.emit(value, valuePath);
                    },
                    requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /** @param compiled a JsonQuery or a function written in jq, not yet in use; is changed */
    static <T> T into(T compiled) {
        try {
            new JqSteps().visit(compiled, compiled);
            return compiled;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("jackson-jq has changed", e);
        }
    }

    /** @param owner the node, or where that only groups others what it is a part of */
    private void visit(Object node, Object owner) throws IllegalAccessException {
        if (!seen.add(node)) {
            return;
        }
        for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    Object value = field.get(node);
                    Object stepped = step(value, owner, field.getName());
                    if (stepped != value && field.getType().isInstance(stepped)) {
                        field.set(node, stepped);
                    }
                }
            }
        }
    }

    /** What goes where {@code value} was: mostly itself. */
    private Object step(Object value, Object owner, String field) throws IllegalAccessException {
        if (value instanceof List<?> list) {
            step(list, owner, field);
        } else if (value instanceof BinaryOperator operator) {
            return new JqOperator(operator);
        } else if (value != null && TREE.stream().anyMatch(value.getClass().getName()::startsWith)) {
            visit(value, value instanceof Pair ? owner : value);
            // Literals cost nothing, and some parents look for them; "." costs only what becomes of it.
            if (value instanceof Expression expression && !(value instanceof ValueLiteral)) {
                Use use = Use.of(owner, field);
                return value instanceof ThisObject && use == Use.PASSED ? value : new Step(expression, Origin.of(expression), use);
            }
        }
        return value;
    }

    private <T> void step(List<T> list, Object owner, String field) throws IllegalAccessException {
        for (ListIterator<T> items = list.listIterator(); items.hasNext(); ) {
            T item = items.next();
            @SuppressWarnings("unchecked")
            T stepped = (T) step(item, owner, field);
            if (stepped != item) {
                items.set(stepped);
            }
        }
    }
}
