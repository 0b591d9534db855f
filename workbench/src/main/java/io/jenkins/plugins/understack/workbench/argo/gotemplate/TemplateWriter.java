package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the parts of a template as one text in jq, over {@code $in}. */
final class TemplateWriter {
    private final String template;
    private final Kind input;
    private int names;

    /** @param input kind of {@code .Input} */
    TemplateWriter(String template, Kind input) {
        this.template = template;
        this.input = input;
    }

    /** @param dot null where it still is the root, an object with Input alone */
    record Scope(Jq dot, Map<String, Jq> variables) {
        Scope with(String variable, Jq value) {
            Map<String, Jq> more = new HashMap<>(variables);
            more.put(variable, value);
            return new Scope(dot, more);
        }

        Scope over(Jq newDot) {
            return new Scope(newDot, variables);
        }
    }

    Jq write(List<Part> parts) throws UntranslatableException {
        return all(parts, new Scope(null, Map.of()));
    }

    private Jq all(List<Part> parts, Scope scope) throws UntranslatableException {
        List<Jq> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Declare declare) {
                Jq value = value(declare.value(), scope);
                String variable = "$v_" + declare.variable();
                Jq rest = all(parts.subList(i + 1, parts.size()), scope.with(declare.variable(), Jq.whole(variable, value.kind())));
                texts.add(Jq.open(value.operand() + " as " + variable + " | " + rest.text(), Kind.TEXT));
                break;
            }
            texts.add(part(parts.get(i), scope));
        }
        return Jq.joined(texts);
    }

    private Jq part(Part part, Scope scope) throws UntranslatableException {
        if (part instanceof Part.Text text) {
            return Jq.text(text.text());
        } else if (part instanceof Part.Print print) {
            return print(print.value(), scope);
        } else if (part instanceof Part.Choose choose) {
            return choose(choose, scope);
        }
        return range((Part.Range) part, scope);
    }

    private Jq print(Value value, Scope scope) throws UntranslatableException {
        Jq jq = value(value, scope);
        return switch (jq.kind()) {
            case TEXT -> jq;
            case INTEGER -> Jq.call(Kind.TEXT, "go_integer_text", jq);
            case KEY -> Jq.call(Kind.TEXT, "go_key_text", jq);
            case NULL -> throw new UntranslatableException(template, 0, "nil cannot be printed, in Argo Events either");
            default -> Jq.call(Kind.TEXT, "go_print", jq);
        };
    }

    private Jq choose(Part.Choose choose, Scope scope) throws UntranslatableException {
        Jq condition = value(choose.condition(), scope);
        if (!choose.with()) {
            return Jq.open(
                    "if " + ValueWriter.truth(condition).text() + " then " + all(choose.then(), scope).text() + " else "
                            + all(choose.otherwise(), scope).text() + " end",
                    Kind.TEXT);
        }
        Jq dot = Jq.whole("$dot" + ++names, condition.kind());
        return Jq.open(
                condition.operand() + " as " + dot.text() + " | if " + ValueWriter.truth(dot).text() + " then "
                        + all(choose.then(), scope.over(dot)).text() + " else " + all(choose.otherwise(), scope).text() + " end",
                Kind.TEXT);
    }

    private Jq range(Part.Range range, Scope scope) throws UntranslatableException {
        Jq list = value(range.list(), scope);
        String entries = "$entries" + ++names;
        String entry = "$entry" + names;
        Jq element = Jq.whole(entry + ".value", list.kind() == Kind.LIST || list.kind() == Kind.OBJECT ? Kind.MIXED : Kind.ANY);
        Scope inside = scope.over(element);
        if (range.index() != null) {
            inside = inside.with(range.index(), Jq.whole(entry + ".key", Kind.KEY));
        }
        if (range.element() != null) {
            inside = inside.with(range.element(), element);
        }
        return Jq.open(
                "go_entries(" + list.text() + ") as " + entries + " | if " + entries + " == [] then "
                        + all(range.otherwise(), scope).text() + " else [" + entries + "[] as " + entry + " | "
                        + all(range.body(), inside).text() + "] | join(\"\") end",
                Kind.TEXT);
    }

    private Jq value(Value value, Scope scope) throws UntranslatableException {
        return new ValueWriter(template, input, scope).write(value);
    }
}
