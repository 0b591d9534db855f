package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.Settings;
import io.jenkins.plugins.understack.core.redfish.SystemPower;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code obmBiosSettings(device: '10.0.0.1', credentials: reference, settings: [A: 'b'], reboot: true)}: sends what is not so yet; a
 * restart makes it active, and takes place only where something was sent, or was before and waits for a start.
 */
final class ObmBiosSettingsStep implements Step {
    private final Bmcs bmcs;

    ObmBiosSettingsStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmBiosSettings";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "settings", "reboot");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        Map<String, Object> settings = settings(arguments);
        if (settings == null) {
            throw new WorkflowFailure("obmBiosSettings: settings is missing; expected a map of attributes and values");
        }
        return bmcs.within(name(), arguments, run, session -> {
            Settings.Changes changes = Settings.bios(session, settings);
            boolean reboot = changes.isWaiting()
                    && Boolean.parseBoolean(arguments.text("reboot", "false"))
                    && SystemPower.restartIfOn(session, () -> {});
            return Map.of("attributes", outcomes(changes), "changed", changes.isChanged(), "queued", changes.queued(), "rebooted", reboot);
        });
    }

    /** Null where they are no map. */
    static Map<String, Object> settings(StepArguments arguments) {
        if (!(arguments.get("settings") instanceof Map<?, ?> wanted)) {
            return null;
        }
        Map<String, Object> settings = new TreeMap<>();
        wanted.forEach((key, value) -> settings.put(String.valueOf(key), value instanceof CharSequence ? value.toString() : value));
        return settings;
    }

    /** What became of each. */
    static Map<String, Object> outcomes(Settings.Changes changes) {
        Map<String, Object> outcomes = new TreeMap<>();
        changes.attributes().forEach((key, outcome) -> outcomes.put(key, Decision.label(outcome)));
        return outcomes;
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        Map<?, ?> map = (Map<?, ?>) result;
        return map.get("attributes") + (Boolean.TRUE.equals(map.get("rebooted")) ? ", restarted" : "");
    }
}
