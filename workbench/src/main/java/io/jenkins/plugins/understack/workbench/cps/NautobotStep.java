package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the steps that ask a Nautobot have in common: which one ({@code nautobot}), and {@code timeoutSeconds}. */
abstract class NautobotStep implements Step {
    private final NautobotAccess access;
    private final String name;
    private final List<String> arguments;

    NautobotStep(NautobotAccess access, String name, String... arguments) {
        this.access = access;
        this.name = name;
        this.arguments = new ArrayList<>(List.of(arguments));
        this.arguments.addAll(List.of("nautobot", "timeoutSeconds"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        NautobotClient client;
        try {
            client = access.client(arguments.text("nautobot", ""));
        } catch (NautobotException e) {
            throw new WorkflowFailure(name + ": " + e.getMessage(), e);
        }
        try {
            return ask(client, timeout(arguments), arguments);
        } catch (NautobotException e) {
            throw new WorkflowFailure(e.getMessage(), e);
        } catch (InvalidFieldException e) {
            throw new WorkflowFailure(name + ": " + e.getMessage(), e);
        }
    }

    /** @param timeout null for that of the configuration */
    abstract Object ask(NautobotClient nautobot, Duration timeout, StepArguments arguments)
            throws NautobotException, InterruptedException;

    private Duration timeout(StepArguments arguments) {
        Object seconds = arguments.get("timeoutSeconds");
        if (seconds == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(seconds.toString());
            if (number >= 0) {
                return number == 0 ? null : Duration.ofSeconds(number);
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new WorkflowFailure(name + ": timeoutSeconds is \"" + PlainValues.line(seconds.toString(), 40)
                + "\"; expected a whole number of seconds, at least 1");
    }
}
