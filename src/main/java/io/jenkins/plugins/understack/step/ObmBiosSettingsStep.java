package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Settings;
import io.jenkins.plugins.understack.core.redfish.SystemPower;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code obmBiosSettings(hostname: …, settings: [SecureBoot: 'Disabled'])}: settings of the BIOS, active after the next start of the
 * system, which {@code reboot: true} brings about where something was sent. Returns what became of each, and whether the BMC has taken changes.
 */
public final class ObmBiosSettingsStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final Object settings;
    private boolean reboot;

    @DataBoundConstructor
    public ObmBiosSettingsStep(Object settings) {
        this.settings = settings;
    }

    /** A map; or a string of JSON, which is what the snippet generator's form has. */
    public Object getSettings() {
        return settings;
    }

    /** Restart the system where something was sent and it is on. */
    public boolean isReboot() {
        return reboot;
    }

    @DataBoundSetter
    public void setReboot(boolean reboot) {
        this.reboot = reboot;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        return new Execution(context, target("obmBiosSettings"), timeout(TIMEOUT), json().toString(), reboot);
    }

    private JsonNode json() throws AbortException {
        try {
            JsonNode json = settings instanceof CharSequence text ? Json.parse(text.toString()) : Json.fromPlain("settings", settings);
            if (!json.isObject() || json.isEmpty()) {
                throw new AbortException("obmBiosSettings: settings: is empty or no map; expected names with values");
            }
            for (Map.Entry<String, JsonNode> attribute : json.properties()) {
                if (!attribute.getValue().isValueNode() || attribute.getValue().isNull()) {
                    throw new AbortException("obmBiosSettings: settings." + attribute.getKey() + ": expected a text, a number or a boolean");
                }
            }
            return json;
        } catch (InvalidFieldException e) {
            throw new AbortException("obmBiosSettings: " + e.getMessage());
        } catch (MalformedEventException e) {
            throw new AbortException("obmBiosSettings: settings: " + e.getMessage());
        }
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String settings;
        private final boolean reboot;

        Execution(StepContext context, BmcTarget target, Duration timeout, String settings, boolean reboot) {
            super(context, target, timeout);
            this.settings = settings;
            this.reboot = reboot;
        }

        @Override
        BmcTurn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                Settings.Changes changes = Settings.bios(session, wanted());
                Map<String, Object> outcomes = new TreeMap<>();
                changes.attributes().forEach((name, outcome) -> outcomes.put(name, Decision.label(outcome)));
                // What is off reads its settings when it is switched on.
                boolean restart = reboot && changes.isChanged() && !session.system().json().path("PowerState").asText().equals("Off");
                if (restart) {
                    SystemPower.reset(session, "ForceRestart");
                }
                log(bmc.client().bmc() + ": " + outcomes + (restart ? "; restarted" : "")
                        + (changes.queued() ? "; other changes wait for the next start, nothing was taken" : ""));
                return new BmcTurn.Done(Map.of(
                        "attributes", outcomes, "changed", changes.isChanged(), "queued", changes.queued(), "rebooted", restart));
            }
        }

        private Map<String, Object> wanted() {
            try {
                Map<String, Object> wanted = new TreeMap<>();
                Json.parse(settings).properties().forEach(entry -> wanted.put(entry.getKey(), Json.plain(entry.getValue())));
                return wanted;
            } catch (MalformedEventException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmBiosSettings";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmBiosSettingsStep_displayName();
        }
    }
}
