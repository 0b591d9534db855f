package io.jenkins.plugins.understack.workbench.cps;

import java.util.List;

/** {@code error 'text'}: fails, and the workflow with it unless it catches. */
final class ErrorStep implements Step {
    @Override
    public String name() {
        return "error";
    }

    @Override
    public List<String> arguments() {
        return List.of("message");
    }

    @Override
    public String soleArgument() {
        return "message";
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) {
        throw new WorkflowFailure(arguments.text("message", ""));
    }
}
