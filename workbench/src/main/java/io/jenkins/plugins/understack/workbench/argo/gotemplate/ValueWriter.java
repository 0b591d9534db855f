package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.gotemplate.TemplateWriter.Scope;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes values: fields, variables, literals, and the calls of {@link CallWriter}. */
final class ValueWriter {
    private static final Set<String> COMPARISONS = Set.of("eq", "ne", "lt", "le", "gt", "ge");

    private final String template;
    private final Kind input;
    private final Scope scope;

    ValueWriter(String template, Kind input, Scope scope) {
        this.template = template;
        this.input = input;
        this.scope = scope;
    }

    Jq write(Value value) throws UntranslatableException {
        if (value instanceof Value.Literal literal) {
            return literal(literal.value());
        } else if (value instanceof Value.Dot) {
            return scope.dot() == null ? root() : scope.dot();
        } else if (value instanceof Value.Variable variable) {
            return variable(variable);
        } else if (value instanceof Value.Member member) {
            return member(member);
        }
        return call((Value.Call) value);
    }

    private static Jq literal(Object value) {
        if (value instanceof Long number) {
            Jq jq = Jq.number(number);
            return new Jq(jq.text(), Kind.INTEGER, jq.whole());
        } else if (value instanceof Double number) {
            return Jq.number(number);
        } else if (value instanceof String text) {
            return Jq.text(text);
        }
        return value == null ? Jq.whole("null", Kind.NULL) : Jq.whole(value.toString(), Kind.BOOLEAN);
    }

    private static Jq root() {
        return Jq.whole("{Input: $in}", Kind.OBJECT);
    }

    private Jq variable(Value.Variable variable) throws UntranslatableException {
        if (variable.name().isEmpty()) {
            return root();
        }
        Jq value = scope.variables().get(variable.name());
        if (value == null) {
            throw wrong(variable.position(), variable + " is declared nowhere");
        }
        return value;
    }

    private Jq member(Value.Member member) throws UntranslatableException {
        boolean ofRoot = member.of() instanceof Value.Dot && scope.dot() == null
                || member.of() instanceof Value.Variable variable && variable.name().isEmpty();
        List<String> names = member.names();
        if (ofRoot) {
            if (!names.get(0).equals("Input")) {
                throw wrong(member.position(), member + " is never there; everything is below .Input");
            }
            return fields(member, Jq.whole("$in", input), names.subList(1, names.size()));
        }
        return fields(member, write(member.of()), names);
    }

    private Jq fields(Value.Member member, Jq of, List<String> names) throws UntranslatableException {
        if (names.isEmpty()) {
            return of;
        }
        if (!Set.of(Kind.ANY, Kind.MIXED, Kind.OBJECT).contains(of.kind())) {
            throw wrong(member.position(), member + " asks a " + CallWriter.name(of.kind()) + " for a field");
        }
        String path = names.stream().map(Jq::quoted).collect(Collectors.joining(", ", "[", "]"));
        return Jq.call(of.kind() == Kind.ANY ? Kind.ANY : Kind.MIXED, "go_at", of, Jq.whole(path, Kind.LIST));
    }

    static Jq truth(Jq value) {
        return value.kind() == Kind.BOOLEAN ? value : Jq.call(Kind.BOOLEAN, "go_truth", value);
    }

    private Jq call(Value.Call call) throws UntranslatableException {
        List<Jq> arguments = new ArrayList<>();
        for (Value argument : call.arguments()) {
            arguments.add(write(argument));
        }
        String function = call.function();
        if (function.equals("and") || function.equals("or")) {
            return lazy(call, arguments, 0);
        }
        if (COMPARISONS.contains(function)) {
            return new Comparison(template, call).write(arguments);
        }
        return new CallWriter(template, call).write(arguments);
    }

    /** The first that is false for {@code and}, true for {@code or}; else the last. */
    private Jq lazy(Value.Call call, List<Jq> arguments, int from) throws UntranslatableException {
        if (arguments.isEmpty()) {
            throw wrong(call.position(), call.function() + " has no arguments");
        }
        if (arguments.stream().allMatch(argument -> argument.kind() == Kind.BOOLEAN)) {
            return Jq.open(
                    arguments.stream().map(Jq::operand).collect(Collectors.joining(" " + call.function() + " ")), Kind.BOOLEAN);
        }
        Jq first = arguments.get(from);
        if (from == arguments.size() - 1) {
            return first;
        }
        Jq rest = lazy(call, arguments, from + 1);
        String then = call.function().equals("and") ? rest.text() : "$value";
        String otherwise = call.function().equals("and") ? "$value" : rest.text();
        return Jq.open(
                first.operand() + " as $value | if go_truth($value) then " + then + " else " + otherwise + " end",
                new CallWriter(template, call).same(arguments));
    }

    private UntranslatableException wrong(int position, String why) {
        return new UntranslatableException(template, position, why);
    }
}
