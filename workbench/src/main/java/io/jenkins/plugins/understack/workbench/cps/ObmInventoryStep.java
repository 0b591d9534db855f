package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.inventory.Inventory;
import java.util.List;
import java.util.Map;

/** {@code obmInventory(device: '10.0.0.1', credentials: reference)}: what a server is and has, as its BMC tells it. */
final class ObmInventoryStep implements Step {
    private final Bmcs bmcs;

    ObmInventoryStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmInventory";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        return bmcs.within(name(), arguments, run, session -> Inventory.read(session).toPlain());
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        Map<?, ?> map = (Map<?, ?>) result;
        return map.get("manufacturer") + " " + map.get("model") + " " + map.get("serial");
    }
}
