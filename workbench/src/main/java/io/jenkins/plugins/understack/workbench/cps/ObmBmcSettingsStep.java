package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.BmcHostName;
import io.jenkins.plugins.understack.core.redfish.Settings;
import java.util.List;
import java.util.Map;

/** {@code obmBmcSettings(device: '10.0.0.1', credentials: reference, bmcHostname: 'Dell-1', settings: [A: 'b'])}: sends what is not so yet. */
final class ObmBmcSettingsStep implements Step {
    private final Bmcs bmcs;

    ObmBmcSettingsStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmBmcSettings";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "bmcHostname", "settings");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        Map<String, Object> settings = ObmBiosSettingsStep.settings(arguments);
        String given = arguments.text("bmcHostname", "");
        if (settings == null && given.isEmpty()) {
            throw new WorkflowFailure("obmBmcSettings: settings is missing; expected settings, bmcHostname, or both");
        }
        return Bmcs.failing(name(), () -> {
            String hostName = given.isEmpty() ? null : BmcHostName.check("bmcHostname", given);
            return bmcs.within(name(), arguments, run, session -> {
                Settings.Changes changes =
                        settings == null ? new Settings.Changes(Map.of(), false) : Settings.manager(session, settings);
                boolean renamed = hostName != null && BmcHostName.set(session, hostName);
                return Map.of(
                        "attributes", ObmBiosSettingsStep.outcomes(changes),
                        "changed", changes.isChanged() || renamed,
                        "queued", changes.queued());
            });
        });
    }
}
