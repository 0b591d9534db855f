package io.jenkins.plugins.understack.workbench.cps;

import java.util.List;

/** A step that workflows call by the name it has in Jenkins. Used by many runs at once. */
public interface Step {
    String name();

    /** Names of its arguments. */
    List<String> arguments();

    /** The argument that may be given without its name, or null. */
    default String soleArgument() {
        return null;
    }

    /** What is shown behind the name in the tree; one short line without secrets. */
    default String summary(StepArguments arguments) {
        return "";
    }

    /**
     * @return plain maps, lists, strings, numbers, booleans or null
     * @throws WorkflowFailure when the step fails
     */
    Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException;

    /** What is shown as message of a step that went well. */
    default String outcome(StepArguments arguments, Object result) {
        return PlainValues.shortForm(result);
    }
}
