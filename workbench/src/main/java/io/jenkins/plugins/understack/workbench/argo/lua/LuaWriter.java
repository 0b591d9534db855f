package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes statements: an assignment binds its variable anew for all that follows, and what follows a condition stands in each of
 * its branches.
 */
final class LuaWriter {
    private static final int MAX_LENGTH = 20_000;

    private final String script;
    private final boolean filter;
    private final List<Integer> changes = new ArrayList<>();
    private int names;
    private int written;

    LuaWriter(String script, boolean filter) {
        this.script = script;
        this.filter = filter;
    }

    Jq write(List<Statement> statements) throws UntranslatableException {
        collectChanges(statements);
        return all(statements, Map.of("event", Jq.whole("$event", Kind.OBJECT)));
    }

    /** Where a table may change that also has another name. */
    private void collectChanges(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Assign assign && assign.target() instanceof Term.Path path) {
                if (path.keys().size() > (path.variable().equals("event") ? 1 : 0)) {
                    changes.add(assign.position());
                }
            } else if (statement instanceof Statement.If choice) {
                collectChanges(choice.then());
                collectChanges(choice.otherwise());
            }
        }
    }

    private Jq all(List<Statement> statements, Map<String, Jq> variables) throws UntranslatableException {
        if (statements.isEmpty()) {
            return result(new Term.Literal(null), script.length(), variables);
        }
        Statement first = statements.get(0);
        List<Statement> rest = statements.subList(1, statements.size());
        if (first instanceof Statement.Return returned) {
            return result(returned.value(), returned.position(), variables);
        } else if (first instanceof Statement.If choice) {
            return choice(choice, rest, variables);
        } else if (first instanceof Statement.Local local) {
            return bind(local.name(), "$" + local.name() + ++names, stored(local.value(), local.position(), variables), rest, variables);
        }
        return assign((Statement.Assign) first, rest, variables);
    }

    private Jq bind(String name, String variable, Jq value, List<Statement> rest, Map<String, Jq> variables)
            throws UntranslatableException {
        Map<String, Jq> more = new HashMap<>(variables);
        more.put(name, Jq.whole(variable, value.kind()));
        return sized(value.operand() + " as " + variable + " | " + all(rest, more).text());
    }

    private Jq sized(String text) throws UntranslatableException {
        if (text.length() > MAX_LENGTH || ++written > MAX_LENGTH / 10) {
            throw new UntranslatableException(script, 0, "the program would become too long; write the script as a jq program");
        }
        return Jq.open(text, Kind.ANY);
    }

    private Jq choice(Statement.If choice, List<Statement> rest, Map<String, Jq> variables) throws UntranslatableException {
        // What a branch declares is gone behind it, which needs no care: every declaration has a variable of its own in jq.
        Jq condition = new TermWriter(script, variables).condition(choice.condition());
        Jq then = all(followed(choice.then(), rest, variables), variables);
        Jq otherwise = all(followed(choice.otherwise(), rest, variables), variables);
        return sized("if " + condition.text() + " then " + then.text() + " else " + otherwise.text() + " end");
    }

    private List<Statement> followed(List<Statement> branch, List<Statement> rest, Map<String, Jq> variables)
            throws UntranslatableException {
        for (Statement statement : branch) {
            if (statement instanceof Statement.Local local && (variables.containsKey(local.name()) || mentions(rest, local.name()))) {
                throw new UntranslatableException(
                        script, local.position(), "local " + local.name() + " has the name of a variable outside; give it another");
            }
        }
        List<Statement> all = new ArrayList<>(branch);
        all.addAll(rest);
        return all;
    }

    private static boolean mentions(List<Statement> statements, String name) {
        return statements.toString().contains("variable=" + name + ",");
    }

    private Jq assign(Statement.Assign assign, List<Statement> rest, Map<String, Jq> variables) throws UntranslatableException {
        Term.Path target = (Term.Path) assign.target();
        Jq variable = variables.get(target.variable());
        if (target.keys().isEmpty()) {
            if (target.variable().equals("event")) {
                throw new UntranslatableException(script, assign.position(), "event itself is assigned to; return another table instead");
            }
            String name = variable == null ? "$" + target.variable() + ++names : variable.text();
            return bind(target.variable(), name, stored(assign.value(), assign.position(), variables), rest, variables);
        }
        if (variable == null || variable.kind() != Kind.OBJECT) {
            throw new UntranslatableException(
                    script, assign.position(), target.variable() + " may be a part of event; assign to event.… itself");
        }
        TermWriter terms = new TermWriter(script, variables);
        Jq changed = Jq.call(
                Kind.OBJECT, "lua_set", variable, terms.path(target.keys()), stored(assign.value(), assign.position(), variables));
        return bind(target.variable(), variable.text(), changed, rest, variables);
    }

    /** A table gets no second name while one is left that changes it. */
    private Jq stored(Term value, int position, Map<String, Jq> variables) throws UntranslatableException {
        if (value instanceof Term.Path path && path.keys().isEmpty() && path.variable().equals("event")) {
            throw new UntranslatableException(script, position, "event gets a second name; use event itself");
        }
        boolean changesLater = changes.stream().anyMatch(change -> change >= position);
        return new TermWriter(script, variables).stored(value, changesLater);
    }

    private Jq result(Term value, int position, Map<String, Jq> variables) throws UntranslatableException {
        Jq jq = new TermWriter(script, variables).write(value);
        if (filter) {
            return jq.kind() == Kind.BOOLEAN ? jq : Jq.open(jq.operand() + " == true", Kind.BOOLEAN);
        }
        if (jq.kind() == Kind.OBJECT) {
            return jq;
        }
        if (jq.kind() == Kind.ANY) {
            return Jq.call(Kind.OBJECT, "lua_result", jq);
        }
        throw new UntranslatableException(script, position, "the script ends without a table; expected return event");
    }
}
