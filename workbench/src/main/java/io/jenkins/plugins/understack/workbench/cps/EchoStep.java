package io.jenkins.plugins.understack.workbench.cps;

import java.util.List;

/** {@code echo 'text'}: the text becomes the message of the step. */
final class EchoStep implements Step {
    @Override
    public String name() {
        return "echo";
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
        return null;
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        return PlainValues.line(arguments.text("message", "null"), 200);
    }
}
