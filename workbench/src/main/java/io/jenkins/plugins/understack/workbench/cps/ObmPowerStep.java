package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.SystemPower;
import java.util.List;

/** {@code obmPower(device: '10.0.0.1', credentials: reference, power: 'On')}: whether something was done. */
final class ObmPowerStep implements Step {
    private final Bmcs bmcs;

    ObmPowerStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmPower";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "power");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "") + " " + arguments.text("power", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        String power = arguments.text("power", null);
        return bmcs.within(name(), arguments, run, session -> SystemPower.reset(session, power));
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        return Boolean.TRUE.equals(result) ? "done" : "was so already";
    }
}
