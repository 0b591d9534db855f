package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.obm.CredentialSync;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.SyncResult;
import java.util.List;
import java.util.Map;

/** {@code obmSyncCreds(device: '10.0.0.1', credentials: reference)}: the BMC takes these credentials; says which had worked. */
final class ObmSyncCredsStep implements Step {
    private final Bmcs bmcs;

    ObmSyncCredsStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmSyncCreds";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "oldCredentials", "dryRun");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        ObmCredential standard = run.credential(name(), arguments.text("credentials", null));
        Object old = arguments.get("oldCredentials");
        String oldPassword = old == null ? null : run.credential(name(), old.toString()).password();
        boolean dryRun = Boolean.parseBoolean(arguments.text("dryRun", "false"));
        SyncResult result = Bmcs.failing(
                name(),
                () -> new CredentialSync(
                                bmcs.client(arguments.text("device", null)), bmcs.budget(), standard, oldPassword, dryRun, line -> {})
                        .run(bmcs.clock(), bmcs.sleeper()));
        return Map.of("worked", result.worked().toString(), "changed", result.changed());
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        Map<?, ?> map = (Map<?, ?>) result;
        return "the " + map.get("worked") + " password worked" + (Boolean.TRUE.equals(map.get("changed")) ? "; now it is the standard one" : "");
    }
}
