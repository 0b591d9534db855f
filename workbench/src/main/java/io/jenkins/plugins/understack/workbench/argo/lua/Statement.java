package io.jenkins.plugins.understack.workbench.argo.lua;

import java.util.List;

/** What a script does. */
sealed interface Statement {
    record Local(String name, Term value, int position) implements Statement {}

    /** @param target a variable, or a field of one */
    record Assign(Term target, Term value, int position) implements Statement {}

    /** {@code elseif} is an If in {@code otherwise}. */
    record If(Term condition, List<Statement> then, List<Statement> otherwise) implements Statement {}

    /** @param value the last one that is returned */
    record Return(Term value, int position) implements Statement {}
}
