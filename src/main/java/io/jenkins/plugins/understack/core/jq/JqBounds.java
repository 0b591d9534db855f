package io.jenkins.plugins.understack.core.jq;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;

/**
 * Tells programs whose work grows as their input does, and not faster, from all others, before they run. Only what is listed
 * here is taken for such a program: paths, comparisons, constructions, assignments to one place, functions that look at their
 * input once. Nothing that repeats or calls itself is among it. What a step of such a program makes is bounded by {@link
 * JqBudget} all the same.
 */
final class JqBounds {
    /** Stands for as many outputs as there is input. */
    private static final long MANY = Long.MAX_VALUE;

    /** Outputs that a program may have by itself: {@code (1, 2) | (1, 2) | …} doubles with each part. */
    private static final long MOST = 64;

    private static final int HIGHEST_INDEX = 1_000;

    /** Functions whose work is at most that of reading their input, and which put out one value at most. */
    private static final Set<String> PLAIN = names(
            "not type length utf8bytelength keys keys_unsorted empty error fromjson tojson tostring tonumber ascii_downcase ascii_upcase"
                    + " to_entries from_entries reverse explode first last floor ceil round sqrt now todateiso8601 fromdateiso8601"
                    + " values nulls booleans numbers strings arrays objects iterables scalars any all isnan isinfinite isnormal"
                    + " infinite nan");

    private static final Set<String> FORMATS = names("text json base64 base64d html uri sh csv tsv");

    /** With arguments that may be any expressions of one output. */
    private static final Set<String> WITH_VALUES = names("has/1 startswith/1 endswith/1 ltrimstr/1 rtrimstr/1 error/1");

    /** Times what their argument is, so that this has to be written in the program. */
    private static final Set<String> WITH_LITERALS = names("test/1 test/2 split/1 join/1 contains/1 index/1 rindex/1 indices/1");

    /** Functions that evaluate an argument for each element. */
    private static final Set<String> FOR_EACH = names("map/1 with_entries/1 any/1 all/1");

    private final long outputs;
    private boolean linear = true;
    private boolean generators;
    private boolean variables;

    /** @param program as compiled, before {@link JqSteps} */
    JqBounds(JsonQuery program) {
        outputs = outputs(program);
    }

    boolean linear() {
        // A variable that holds everything is looked at again for each element.
        return linear && !(generators && variables);
    }

    /** Whether the program is linear and never has a second output. */
    boolean single() {
        return linear() && outputs <= 1;
    }

    private static Set<String> names(String words) {
        return Stream.of(words.split(" ")).collect(Collectors.toUnmodifiableSet());
    }

    private long other() {
        linear = false;
        return 1;
    }

    /** How many values an expression puts out at most: a constant, or {@link #MANY}. */
    private long outputs(Object node) {
        if (node instanceof ThisObject || node instanceof ValueLiteral) {
            return 1;
        }
        return switch (node.getClass().getSimpleName()) {
            case "JsonQuery", "TransformPipeComponent" -> outputs(get(node, "expr"));
            case "IsolatedScopeQuery" -> outputs(get(node, "q"));
            case "TopLevelExpression" ->
                    get(node, "moduleDirective") == null && list(node, "imports").isEmpty() ? outputs(get(node, "expr")) : other();
            case "IdentifierFieldAccess" -> outputs(get(node, "target"));
            case "StringFieldAccess" -> each(get(node, "target"), get(node, "field"));
            case "BracketFieldAccess" -> isIndex(get(node, "startExpr")) && isIndex(get(node, "endExpr"))
                    ? outputs(get(node, "target"))
                    : other();
            case "BracketExtractFieldAccess" -> elements(outputs(get(node, "target")));
            case "PipedQuery" -> list(node, "components").stream().map(this::outputs).reduce(1L, this::times);
            case "AssignPipeComponent" -> variable(node);
            case "VariableAccess" -> {
                variables = true;
                yield get(node, "moduleName") == null ? 1 : other();
            }
            case "Tuple" -> list(node, "qs").stream().map(this::outputs).reduce(0L, this::plus);
            case "Conditional" -> conditional(node);
            case "Question", "TryCatch" -> plus(outputs(get(node, "tryExpr")), optional(get(node, "catchExpr")));
            case "NegativeExpression" -> outputs(get(node, "value"));
            case "AlternativeOperatorExpression" -> Math.max(outputs(get(node, "lhs")), outputs(get(node, "rhs")));
            case "PlusExpression", "BooleanAndExpression", "BooleanOrExpression", "CompareEqualTest", "CompareNotEqualTest",
                    "CompareLessTest", "CompareLessEqualTest", "CompareGreaterTest", "CompareGreaterEqualTest" ->
                    each(get(node, "lhs"), get(node, "rhs"));
            case "MinusExpression", "DivideExpression", "ModuloExpression" ->
                    isNumber(get(node, "lhs")) || isNumber(get(node, "rhs")) ? each(get(node, "lhs"), get(node, "rhs")) : other();
            case "Assignment", "UpdateAssignment", "ComplexPlusAssignment", "ComplexAlternativeAssignment" ->
                    isPlace(get(node, "lhs")) ? one(get(node, "rhs")) : other();
            case "ArrayConstruction" -> collected(get(node, "q"));
            case "ObjectConstruction" -> object(list(node, "fields"));
            case "StringInterpolation" -> text(node);
            case "FormattingFilter" -> FORMATS.contains((String) get(node, "name")) ? 1 : other();
            case "FunctionCall" -> get(node, "moduleName") == null
                    ? call((String) get(node, "name"), list(node, "args"))
                    : other();
            default -> other();
        };
    }

    private long call(String name, List<?> arguments) {
        String function = name + "/" + arguments.size();
        if (arguments.isEmpty()) {
            generators |= Set.of("any", "all").contains(name);
            return PLAIN.contains(name) ? 1 : other();
        }
        if (WITH_VALUES.contains(function)) {
            return each(arguments.toArray());
        }
        if (WITH_LITERALS.contains(function)) {
            return arguments.stream().allMatch(ValueLiteral.class::isInstance) ? 1 : other();
        }
        Object last = arguments.get(arguments.size() - 1);
        if (FOR_EACH.contains(function)) {
            generators = true;
            return name.equals("map") ? collected(last) : one(last);
        }
        return switch (function) {
            case "select/1" -> one(last);
            case "first/1" -> collected(last);
            case "any/2", "all/2" -> {
                collected(arguments.get(0));
                yield one(last);
            }
            case "del/1" -> isPlace(last) ? 1 : other();
            default -> other();
        };
    }

    private long elements(long targets) {
        generators = true;
        return targets == MANY || targets <= MOST ? MANY : other();
    }

    private long variable(Object node) {
        variables = true;
        return get(node, "matcher").getClass().getSimpleName().equals("ValueMatcher") ? outputs(get(node, "expr")) : other();
    }

    private long conditional(Object node) {
        long most = outputs(get(node, "otherwise"));
        for (Object branch : list(node, "switches")) {
            one(get(branch, "_1"));
            most = Math.max(most, outputs(get(branch, "_2")));
        }
        return most;
    }

    private long object(List<?> fields) {
        return each(fields.stream()
                .flatMap(field -> switch (field.getClass().getSimpleName()) {
                    case "IdentifierKeyFieldConstruction" -> Stream.ofNullable(get(field, "value"));
                    case "StringKeyFieldConstruction", "JsonQueryKeyFieldConstruction" ->
                            Stream.concat(Stream.of(get(field, "key")), Stream.ofNullable(get(field, "value")));
                    default -> Stream.of(field);
                })
                .toArray());
    }

    private long text(Object node) {
        Object formatter = get(node, "formatter");
        if (formatter != null) {
            outputs(formatter);
        }
        return each(list(node, "interpolations").stream().map(pair -> get(pair, "_2")).toArray());
    }

    /** One value of whatever the expression puts out. */
    private long collected(Object expression) {
        optional(expression);
        return 1;
    }

    private long one(Object expression) {
        return outputs(expression) == 1 ? 1 : other();
    }

    private long optional(Object expression) {
        return expression == null ? 0 : outputs(expression);
    }

    /** Every output of one with every output of the others. */
    private long each(Object... expressions) {
        long product = 1;
        for (Object expression : expressions) {
            long outputs = outputs(expression);
            boolean alone = Stream.of(expressions).allMatch(e -> e == expression || e instanceof ValueLiteral);
            product = outputs == MANY && !alone ? other() : times(product, outputs);
        }
        return product;
    }

    private long times(long a, long b) {
        return a == MANY || b == MANY ? MANY : bounded(a * b);
    }

    private long plus(long a, long b) {
        return a == MANY || b == MANY ? MANY : bounded(a + b);
    }

    private long bounded(long outputs) {
        return outputs <= MOST ? outputs : other();
    }

    /** One place in the input, the same for every input. */
    private static boolean isPlace(Object node) {
        return switch (node.getClass().getSimpleName()) {
            case "ThisObject" -> true;
            case "IdentifierFieldAccess" -> isPlace(get(node, "target"));
            case "StringFieldAccess" -> get(node, "field") instanceof StringLiteral && isPlace(get(node, "target"));
            case "BracketFieldAccess" ->
                    !(boolean) get(node, "isRange") && isIndex(get(node, "startExpr")) && isPlace(get(node, "target"));
            case "PipedQuery" -> list(node, "components").stream()
                    .allMatch(part -> part.getClass().getSimpleName().equals("TransformPipeComponent") && isPlace(get(part, "expr")));
            default -> false;
        };
    }

    /** Also the null that stands for an end that was not written. */
    private static boolean isIndex(Object node) {
        return node == null
                || node instanceof ValueLiteral literal
                        && !literal.value().isContainerNode()
                        && Math.abs(literal.value().asLong()) <= HIGHEST_INDEX;
    }

    private static boolean isNumber(Object node) {
        return node instanceof ValueLiteral literal && literal.value().isNumber();
    }

    private static List<?> list(Object node, String field) {
        return (List<?>) get(node, field);
    }

    /** A field of a part of a compiled program; jackson-jq shows none of them. */
    static Object get(Object node, String name) {
        for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    try {
                        return field.get(node);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("jackson-jq has changed", e);
                    }
                }
            }
        }
        throw new IllegalStateException("jackson-jq has changed: " + node.getClass().getSimpleName() + " has no " + name);
    }
}
