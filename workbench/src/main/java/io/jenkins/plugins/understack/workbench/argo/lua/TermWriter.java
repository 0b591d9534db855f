package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes expressions. Nil is null; nil and false are false in both languages. */
final class TermWriter {
    private static final Set<Kind> SCALARS = Set.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.NULL);

    private final String script;
    private final Map<String, Jq> variables;

    TermWriter(String script, Map<String, Jq> variables) {
        this.script = script;
        this.variables = variables;
    }

    Jq write(Term term) throws UntranslatableException {
        if (term instanceof Term.Literal literal) {
            return literal(literal.value());
        } else if (term instanceof Term.Path path) {
            return path(path);
        } else if (term instanceof Term.Unary unary) {
            return unary(unary);
        } else if (term instanceof Term.Binary binary) {
            return binary(binary);
        } else if (term instanceof Term.Table table) {
            return table(table, false);
        } else if (term instanceof Term.ToText text) {
            return Jq.call(Kind.TEXT, "lua_tostring", write(text.value()));
        }
        return Jq.whole("[]", Kind.LIST);
    }

    /** @param scalars whether a table of event is an error */
    Jq stored(Term term, boolean scalars) throws UntranslatableException {
        if (term instanceof Term.Table table) {
            return table(table, scalars);
        }
        Jq value = write(term);
        boolean named = term instanceof Term.Path && value.kind() == Kind.OBJECT;
        return scalars && (value.kind() == Kind.ANY || named) ? Jq.call(Kind.ANY, "lua_scalar", value) : value;
    }

    /** Where only the truth counts. */
    Jq condition(Term term) throws UntranslatableException {
        if (term instanceof Term.Binary binary && (binary.operator().equals("and") || binary.operator().equals("or"))) {
            return Jq.open(
                    condition(binary.left()).operand() + " " + binary.operator() + " " + condition(binary.right()).operand(),
                    Kind.BOOLEAN);
        }
        return write(term);
    }

    private static Jq literal(Object value) {
        if (value instanceof Double number) {
            return Jq.number(number);
        } else if (value instanceof String text) {
            return Jq.text(text);
        }
        return value == null ? Jq.whole("null", Kind.NULL) : Jq.whole(value.toString(), Kind.BOOLEAN);
    }

    private Jq path(Term.Path path) throws UntranslatableException {
        Jq variable = variables.get(path.variable());
        if (variable == null) {
            throw new UntranslatableException(
                    script, path.position(), path.variable() + " is not set before; the data is in event, and Lua's libraries are not translated");
        }
        return path.keys().isEmpty() ? variable : Jq.call(Kind.ANY, "lua_at", variable, path(path.keys()));
    }

    Jq path(List<Term> keys) throws UntranslatableException {
        List<String> texts = new ArrayList<>();
        for (Term key : keys) {
            texts.add(write(key).operand());
        }
        return Jq.whole("[" + String.join(", ", texts) + "]", Kind.LIST);
    }

    private Jq unary(Term.Unary unary) throws UntranslatableException {
        return switch (unary.operator()) {
            case "not" -> Jq.open(condition(unary.operand()).operand() + " | not", Kind.BOOLEAN);
            case "#" -> Jq.call(Kind.NUMBER, "lua_length", write(unary.operand()));
            default -> Jq.open("-" + number(write(unary.operand())).operand(), Kind.NUMBER);
        };
    }

    private Jq binary(Term.Binary binary) throws UntranslatableException {
        Jq left = write(binary.left());
        Jq right = write(binary.right());
        String operator = binary.operator();
        return switch (operator) {
            case "and" -> either(left, right, left.kind() == Kind.BOOLEAN && right.kind() == Kind.BOOLEAN, "and", right.text(), "$value");
            case "or" -> either(left, right, left.kind() == Kind.BOOLEAN && right.kind() == Kind.BOOLEAN, "or", "$value", right.text());
            case "==" -> equal(left, right);
            case "~=" -> Jq.open(equal(left, right).operand() + " | not", Kind.BOOLEAN);
            case ".." -> Jq.open(text(left).operand() + " + " + text(right).operand(), Kind.TEXT);
            case "+", "-", "*" -> Jq.open(number(left).operand() + " " + operator + " " + number(right).operand(), Kind.NUMBER);
            case "/" -> Jq.call(Kind.NUMBER, "go_divide", number(left), number(right));
            case "%" -> Jq.call(Kind.NUMBER, "lua_modulo", number(left), number(right));
            case "^" -> Jq.call(Kind.NUMBER, "pow", number(left), number(right));
            default -> Jq.open(Jq.call(Kind.NUMBER, "go_compare", left, right).text() + " " + operator + " 0", Kind.BOOLEAN);
        };
    }

    private static Jq either(Jq left, Jq right, boolean booleans, String operator, String then, String otherwise) {
        return booleans
                ? Jq.open(left.operand() + " " + operator + " " + right.operand(), Kind.BOOLEAN)
                : Jq.open(left.operand() + " as $value | if $value then " + then + " else " + otherwise + " end", Kind.ANY);
    }

    /** Two tables are equal in Lua when they are the same one. */
    private static Jq equal(Jq left, Jq right) {
        return SCALARS.contains(left.kind()) || SCALARS.contains(right.kind())
                ? Jq.open(left.operand() + " == " + right.operand(), Kind.BOOLEAN)
                : Jq.call(Kind.BOOLEAN, "lua_equal", left, right);
    }

    private static Jq number(Jq value) {
        return value.kind() == Kind.NUMBER ? value : Jq.call(Kind.NUMBER, "lua_number", value);
    }

    private static Jq text(Jq value) {
        return value.kind() == Kind.TEXT ? value : Jq.call(Kind.TEXT, "lua_text", value);
    }

    private Jq table(Term.Table table, boolean scalars) throws UntranslatableException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < table.values().size(); i++) {
            String value = stored(table.values().get(i), scalars).operand();
            texts.add(table.keys() == null ? value : "[" + Jq.quoted(table.keys().get(i)) + ", " + value + "]");
        }
        String list = "[" + String.join(", ", texts) + "]";
        if (table.keys() == null) {
            return Jq.call(Kind.LIST, "lua_list", Jq.whole(list, Kind.LIST));
        }
        return texts.isEmpty() ? Jq.whole("{}", Kind.OBJECT) : Jq.call(Kind.OBJECT, "lua_table", Jq.whole(list, Kind.LIST));
    }
}
