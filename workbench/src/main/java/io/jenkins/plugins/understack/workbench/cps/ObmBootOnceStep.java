package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.BootOverride;
import java.util.List;

/** {@code obmBootOnce(device: '10.0.0.1', credentials: reference, target: 'Pxe', mode: 'UEFI')}: whether something was changed. */
final class ObmBootOnceStep implements Step {
    private final Bmcs bmcs;

    ObmBootOnceStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmBootOnce";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "target", "mode");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "") + " " + arguments.text("target", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        String target = arguments.text("target", null);
        String mode = arguments.get("mode") == null ? null : arguments.text("mode", null);
        return bmcs.within(name(), arguments, run, session -> BootOverride.once(session, target, mode));
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        return Boolean.TRUE.equals(result) ? "set" : "was so already";
    }
}
