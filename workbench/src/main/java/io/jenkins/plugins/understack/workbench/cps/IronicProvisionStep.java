package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.core.openstack.ProvisionRequest;
import io.jenkins.plugins.understack.core.openstack.Provisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code ironicProvision(node: 'n1', target: 'manage')}: brings a node into a provision state, and waits until it is there. */
final class IronicProvisionStep implements Step {
    private final Openstacks openstacks;

    IronicProvisionStep(Openstacks openstacks) {
        this.openstacks = openstacks;
    }

    @Override
    public String name() {
        return "ironicProvision";
    }

    @Override
    public List<String> arguments() {
        return List.of("node", "target", "cleanSteps", "runbook", "disableRamdisk", "timeoutMinutes", "cloud");
    }

    @Override
    public String summary(StepArguments arguments) {
        return PlainValues.line(arguments.text("target", "") + " " + arguments.text("node", ""), 100);
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        try {
            ProvisionRequest request = ProvisionRequest.of(
                    arguments.text("node", ""),
                    arguments.text("target", ""),
                    arguments.get("cleanSteps"),
                    arguments.text("runbook", ""),
                    arguments.flag("disableRamdisk"));
            Instant deadline = openstacks.clock().instant().plus(timeout(arguments));
            Provisioning.Turn.Done done = follow(new Provisioning(openstacks.client(arguments.text("cloud", "")), request), deadline);
            return Map.of("uuid", done.uuid(), "state", done.state(), "changed", done.changed());
        } catch (OpenstackException e) {
            throw new WorkflowFailure(e.getMessage(), e);
        } catch (InvalidFieldException e) {
            throw new WorkflowFailure(name() + ": " + e.getMessage(), e);
        }
    }

    private Provisioning.Turn.Done follow(Provisioning provisioning, Instant deadline) throws OpenstackException, InterruptedException {
        Provisioning.Turn turn = provisioning.turn(Provisioning.Stage.NEW);
        while (turn instanceof Provisioning.Turn.Next next) {
            if (!openstacks.clock().instant().plus(next.pause()).isBefore(deadline)) {
                throw new WorkflowFailure(name() + ": gives up, since its time ends at " + deadline + "; the last was: " + next.why());
            }
            openstacks.sleeper().sleep(next.pause());
            turn = provisioning.turn(next.stage());
        }
        return (Provisioning.Turn.Done) turn;
    }

    private static Duration timeout(StepArguments arguments) {
        Object minutes = arguments.get("timeoutMinutes");
        if (minutes == null) {
            return Provisioning.TIMEOUT;
        }
        if (minutes instanceof Integer number && number >= 0) {
            return number == 0 ? Provisioning.TIMEOUT : Duration.ofMinutes(number);
        }
        throw new InvalidFieldException("timeoutMinutes", "is \"" + PlainValues.line(minutes.toString(), 40) + "\"; expected a whole number of minutes");
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        Map<?, ?> map = (Map<?, ?>) result;
        return map.get("state") + (Boolean.TRUE.equals(map.get("changed")) ? "" : " already");
    }
}
