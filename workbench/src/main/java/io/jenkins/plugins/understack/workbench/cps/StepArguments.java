package io.jenkins.plugins.understack.workbench.cps;

import java.util.List;
import java.util.Map;

/**
 * What a workflow passes to a step, as Pipeline does it: either names with values, or one value without a name.
 *
 * @param step for messages
 * @param named GStrings and all; see {@link PlainValues}
 */
public record StepArguments(String step, Map<?, ?> named) {
    /**
     * @param soleName name of the value that may be given without one, or null
     * @param known all names
     */
    static StepArguments of(String step, Object[] arguments, String soleName, List<String> known) {
        if (arguments.length == 0) {
            return new StepArguments(step, Map.of());
        }
        if (arguments.length > 1) {
            throw new WorkflowFailure(step + ": got " + arguments.length + " values; expected names with values: " + known);
        }
        if (!(arguments[0] instanceof Map<?, ?> named)) {
            if (soleName == null) {
                throw new WorkflowFailure(step + ": got a value without a name; expected " + known);
            }
            return new StepArguments(step, arguments[0] == null ? Map.of() : Map.of(soleName, arguments[0]));
        }
        for (Object name : named.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                throw new WorkflowFailure(step + ": \"" + name + "\" is unknown; expected " + known);
            }
        }
        return new StepArguments(step, named);
    }

    Object get(String name) {
        return named.get(name);
    }

    /** @param otherwise used where nothing was given; null makes the argument required */
    String text(String name, String otherwise) {
        Object value = named.get(name);
        if (value == null && otherwise == null) {
            throw new WorkflowFailure(step + ": " + name + " is missing");
        }
        return value == null ? otherwise : value.toString();
    }

    /** False where nothing was given. */
    boolean flag(String name) {
        Object value = named.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new WorkflowFailure(step + ": " + name + " is \"" + PlainValues.line(value.toString(), 40) + "\"; expected true or false");
    }
}
