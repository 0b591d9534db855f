package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls of functions, their arguments checked: here as far as they are known, else when the program runs. */
final class CallWriter {
    private static final Set<String> TEXTS = Set.of("toString", "quote", "squote", "cat", "join", "sortAlpha");

    private final String template;
    private final Value.Call call;

    CallWriter(String template, Value.Call call) {
        this.template = template;
        this.call = call;
    }

    Jq write(List<Jq> arguments) throws UntranslatableException {
        return switch (call.function()) {
            case "index" -> index(arguments);
            case "printf" -> printf(arguments);
            case "print" -> print(arguments);
            default -> sprig(arguments);
        };
    }

    private Jq sprig(List<Jq> arguments) throws UntranslatableException {
        Sprig function = Sprig.find(call.function());
        if (function == null) {
            throw new UntranslatableException(template, call.position(), "the function " + call.function() + " " + Sprig.whyNot(call.function()));
        }
        int count = function.parameters().size();
        if (function.variadic() ? arguments.size() < count - 1 : arguments.size() != count) {
            throw wrong("has " + arguments.size() + " arguments; expected " + count);
        }
        List<Jq> checked = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            checked.add(argument(function.parameters().get(Math.min(i, count - 1)), arguments.get(i)));
        }
        check(function.name(), arguments);
        if (TEXTS.contains(function.name())) {
            checked.replaceAll(CallWriter::asText);
        }
        Jq[] given = function.variadic() ? new Jq[] {list(checked)} : checked.toArray(Jq[]::new);
        return Jq.call(function.result() == null ? result(arguments) : function.result(), "go_" + function.name(), given);
    }

    private Kind result(List<Jq> arguments) throws UntranslatableException {
        return switch (call.function()) {
            case "ternary" -> same(arguments.subList(0, 2));
            case "coalesce" -> both(same(arguments), Kind.NULL);
            default -> same(arguments);
        };
    }

    /** Whole numbers are written otherwise than those of JSON. */
    private static Jq asText(Jq value) {
        return switch (value.kind()) {
            case INTEGER -> Jq.call(Kind.TEXT, "go_integer_text", value);
            case KEY -> Jq.call(Kind.ANY, "go_key_text", value);
            default -> value;
        };
    }

    private void check(String function, List<Jq> arguments) throws UntranslatableException {
        if (function.equals("regexMatch") && call.arguments().get(0) instanceof Value.Literal literal) {
            try {
                Pattern.compile(String.valueOf(literal.value()));
            } catch (PatternSyntaxException e) {
                throw wrong("has no RE2 regular expression: " + e.getDescription());
            }
        }
        if (Set.of("list", "dict").contains(function) && !arguments.isEmpty()) {
            List<Jq> mixed = new ArrayList<>(arguments);
            mixed.add(Jq.whole("$in", Kind.ANY));
            same(mixed);
        }
        if (function.equals("has") && Set.of(Kind.INTEGER, Kind.MIXED).contains(arguments.get(0).kind())) {
            throw wrong("looks for a whole number, which no number of JSON equals in Argo Events; write 5.0 for 5");
        }
    }

    private static Jq list(List<Jq> elements) {
        return Jq.whole("[" + String.join(", ", elements.stream().map(Jq::operand).toList()) + "]", Kind.LIST);
    }

    private Jq argument(Kind expected, Jq argument) throws UntranslatableException {
        Kind found = argument.kind();
        boolean unknown = found == Kind.ANY || found == Kind.MIXED || found == Kind.KEY;
        if (expected == Kind.ANY || expected == found || expected == Kind.OBJECT && found == Kind.NULL) {
            return argument;
        }
        if (expected == Kind.INTEGER) {
            if (found == Kind.KEY) {
                return Jq.call(Kind.INTEGER, "go_number", argument);
            }
            throw wrong("takes a whole number, at which a " + name(found) + " fails in Argo Events; write (int …) around it");
        }
        if (unknown) {
            return switch (expected) {
                case TEXT -> Jq.call(Kind.TEXT, "go_string", argument);
                case BOOLEAN -> Jq.call(Kind.BOOLEAN, "go_boolean", argument);
                default -> argument;
            };
        }
        throw wrong("takes a " + name(expected) + ", at which a " + name(found) + " fails in Argo Events"
                + (expected == Kind.TEXT ? "; write (toString …) around it" : ""));
    }

    /** What one of several values is. Of whole numbers among others only small ones are printed as JSON's numbers are. */
    Kind same(List<Jq> values) throws UntranslatableException {
        Kind kind = values.isEmpty() ? Kind.NULL : values.get(0).kind();
        boolean small = true;
        for (Jq value : values) {
            small &= value.kind() != Kind.INTEGER || value.text().matches("-?[0-9]{1,6}");
            kind = both(kind, value.kind());
        }
        if (kind == Kind.MIXED && !small) {
            throw wrong("gives a whole number or a number of JSON, which Argo Events writes differently; write (int …) around both");
        }
        return kind;
    }

    private static Kind both(Kind one, Kind other) {
        if (one == other) {
            return one;
        }
        Set<Kind> kinds = Set.of(one, other);
        boolean whole = kinds.contains(Kind.INTEGER) || kinds.contains(Kind.KEY);
        boolean json = kinds.contains(Kind.ANY) || kinds.contains(Kind.NUMBER);
        if (kinds.contains(Kind.MIXED) || whole && json || kinds.contains(Kind.LIST) || kinds.contains(Kind.OBJECT)) {
            return Kind.MIXED;
        }
        return whole ? Kind.KEY : Kind.ANY;
    }

    private Jq index(List<Jq> arguments) throws UntranslatableException {
        if (arguments.size() < 2) {
            throw wrong("takes a value and at least one index");
        }
        Jq value = arguments.get(0);
        for (Jq key : arguments.subList(1, arguments.size())) {
            Jq checked = switch (key.kind()) {
                case TEXT, INTEGER, KEY -> key;
                case ANY -> Jq.call(Kind.TEXT, "go_string", key);
                default -> throw wrong("has a " + name(key.kind()) + " as index; expected a whole number or a text");
            };
            value = Jq.call(value.kind() == Kind.ANY ? Kind.ANY : Kind.MIXED, "go_index", value, checked);
        }
        return value;
    }

    private Jq print(List<Jq> arguments) throws UntranslatableException {
        if (arguments.size() != 1) {
            throw wrong("is translated with one argument; write printf \"%v%v\" for several");
        }
        return new Printf(this).verb('v', arguments.get(0));
    }

    private Jq printf(List<Jq> arguments) throws UntranslatableException {
        if (arguments.isEmpty() || !(call.arguments().get(0) instanceof Value.Literal literal) || !(literal.value() instanceof String)) {
            throw wrong("takes a format in quotes as first argument");
        }
        return new Printf(this).write((String) literal.value(), arguments.subList(1, arguments.size()));
    }

    UntranslatableException wrong(String why) {
        return new UntranslatableException(template, call.position(), call + " " + why);
    }

    /** For messages. */
    static String name(Kind kind) {
        return switch (kind) {
            case ANY, MIXED -> "value of JSON";
            case INTEGER -> "whole number";
            case KEY -> "index";
            case NUMBER -> "float64";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
