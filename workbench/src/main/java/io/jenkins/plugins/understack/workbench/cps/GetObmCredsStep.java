package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.DeviceDirectory;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code getObmCreds(hostname: 'h1')}, or {@code deviceId}, or {@code ip}: a reference to the log-in of a BMC, good within the run. */
final class GetObmCredsStep implements Step {
    private final ObmRules rules;
    private final DeviceDirectory devices;

    /** @param devices null where no Nautobot is configured */
    GetObmCredsStep(ObmRules rules, DeviceDirectory devices) {
        this.rules = rules;
        this.devices = devices;
    }

    @Override
    public String name() {
        return "getObmCreds";
    }

    @Override
    public List<String> arguments() {
        return List.of("hostname", "deviceId", "ip");
    }

    @Override
    public String summary(StepArguments arguments) {
        return device(arguments);
    }

    @Override
    public String run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        try {
            return run.credentials().add(rules.find(
                    ObmDevice.of(text(arguments, "hostname"), text(arguments, "deviceId"), text(arguments, "ip"), devices)));
        } catch (ObmCredentialException | InvalidFieldException e) {
            throw new WorkflowFailure(arguments.step() + ": " + e.getMessage(), e);
        }
    }

    /** For the tree of the run: which device, or which reference. */
    static String device(StepArguments arguments) {
        return PlainValues.line(
                Stream.of("hostname", "deviceId", "ip", "credentials")
                        .map(name -> text(arguments, name))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""),
                100);
    }

    private static String text(StepArguments arguments, String name) {
        Object value = arguments.get(name);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }
}
