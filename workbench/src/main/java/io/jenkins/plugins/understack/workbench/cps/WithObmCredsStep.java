package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.obm.ObmCredential;
import java.util.List;
import java.util.Map;

/** {@code withObmCreds(hostname: 'h1') {…}}, or with {@code credentials: reference}: the log-in as variables, also below {@code env}. */
final class WithObmCredsStep implements BlockStep {
    private final GetObmCredsStep get;

    WithObmCredsStep(GetObmCredsStep get) {
        this.get = get;
    }

    @Override
    public String name() {
        return "withObmCreds";
    }

    @Override
    public List<String> arguments() {
        return List.of("hostname", "deviceId", "ip", "credentials", "usernameVariable", "passwordVariable");
    }

    @Override
    public String summary(StepArguments arguments) {
        return GetObmCredsStep.device(arguments);
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        boolean named = get.arguments().stream().anyMatch(name -> arguments.get(name) != null);
        if (named && arguments.get("credentials") != null) {
            throw new WorkflowFailure("withObmCreds: credentials is given together with a device; expected one of them");
        }
        ObmCredential credential = run.credential(
                "withObmCreds", arguments.get("credentials") == null ? get.run(arguments, run) : arguments.text("credentials", null));
        run.credentials().enter(Map.of(
                arguments.text("usernameVariable", "OBM_USERNAME"), credential.user(),
                arguments.text("passwordVariable", "OBM_PASSWORD"), credential.password()));
        return null;
    }

    @Override
    public void end(WorkflowRun run) {
        run.credentials().leave();
    }
}
