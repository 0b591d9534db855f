package io.jenkins.plugins.understack.kubernetes;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.DSL;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/**
 * Calls a step with its {@code data} in a form that Pipeline does not record.
 *
 * <p>The arguments of every step are written into the build's directory before the step itself is asked for anything
 * ({@code DSL.invokeStep} of workflow-cps), maps and texts among them; objects of other types are left out
 * ({@code ArgumentsActionImpl.isStorableType}). A global variable of the step's name is called in its place
 * ({@code CpsScript.invokeMethod}), and turns the values into a {@link SecretData} before it calls the step.
 */
public final class HiddenData {
    static final String ARGUMENT = "data";

    private final CpsScript script;
    private final String step;

    private HiddenData(CpsScript script, String step) {
        this.script = script;
        this.step = step;
    }

    /** What the Pipeline calls the step with: one value, named arguments, and a body where the step takes one. */
    public Object call(Object... arguments) throws AbortException {
        Object[] hidden = arguments.clone();
        for (int i = 0; i < hidden.length; i++) {
            if (hidden[i] instanceof Map<?, ?> named) {
                hidden[i] = hidden(named);
            }
        }
        return run(hidden);
    }

    /** Leaves by throwing what makes the interpreter go on with the step, so nothing may come after it. */
    private Object run(Object[] arguments) {
        return ((DSL) script.getBinding().getVariable("steps")).invokeMethod(step, arguments);
    }

    private Map<Object, Object> hidden(Map<?, ?> arguments) throws AbortException {
        Map<Object, Object> copy = new LinkedHashMap<>(arguments);
        try {
            Object data = copy.get(ARGUMENT);
            if (data instanceof Map<?, ?> map) {
                copy.put(ARGUMENT, SecretData.of(map));
            } else if (data instanceof CharSequence lines) {
                copy.put(ARGUMENT, SecretData.of(KeyValueLines.parseText(ARGUMENT, lines.toString())));
            } else if (data != null) {
                throw new AbortException("data: is a " + data.getClass().getSimpleName() + "; expected a map of texts");
            }
            return copy;
        } catch (InvalidFieldException e) {
            throw new AbortException(step + ": " + e.getMessage());
        }
    }

    private static final class Variable extends GlobalVariable {
        private final String step;

        Variable(String step) {
            this.step = step;
        }

        @Override
        public String getName() {
            return step;
        }

        @Override
        public Object getValue(CpsScript script) {
            return new HiddenData(script, step);
        }
    }

    @Extension
    public static GlobalVariable handoverSecret() {
        return new Variable(HandoverSecretStep.FUNCTION);
    }

    @Extension
    public static GlobalVariable withHandoverSecret() {
        return new Variable(WithHandoverSecretStep.FUNCTION);
    }
}
