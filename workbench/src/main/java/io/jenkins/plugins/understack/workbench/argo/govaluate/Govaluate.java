package io.jenkins.plugins.understack.workbench.argo.govaluate;

import io.jenkins.plugins.understack.workbench.argo.translate.Functions;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.Set;

/** Translates expressions of {@code exprs}. */
public final class Govaluate {
    private Govaluate() {}

    /**
     * @param fields the names that {@code fields} binds; any other fails when it is reached, as in Argo
     * @return a program over an object of the fields
     */
    public static Translation toJq(String expression, Set<String> fields) {
        return Translation.of(() -> Functions.define(new GovaluateWriter(fields).write(parse(expression))));
    }

    static Node parse(String expression) throws UntranslatableException {
        return new GovaluateParser(expression, GovaluateTokens.read(expression)).parse();
    }
}
