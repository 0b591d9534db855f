package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Settings;
import io.jenkins.plugins.understack.core.redfish.SystemPower;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code obmBiosSettings(hostname: …, settings: [SecureBoot: 'Disabled'])}: settings of the BIOS, active after the next start of the
 * system, which {@code reboot: true} brings about where something waits for it. Returns what became of each, and whether the BMC has taken changes.
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

    /** Restart the system where something waits for its next start and it is on. */
    public boolean isReboot() {
        return reboot;
    }

    @DataBoundSetter
    public void setReboot(boolean reboot) {
        this.reboot = reboot;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        return new Execution(context, target("obmBiosSettings"), timeout(TIMEOUT), SettingsArgument.json("obmBiosSettings", settings), reboot);
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String settings;
        private final boolean reboot;
        /** The BMC has taken changes, in this or an earlier turn. */
        private volatile boolean sent;

        Execution(StepContext context, BmcTarget target, Duration timeout, String settings, boolean reboot) {
            super(context, target, timeout);
            this.settings = settings;
            this.reboot = reboot;
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                Settings.Changes changes = Settings.bios(session, SettingsArgument.wanted(settings));
                Map<String, Object> outcomes = SettingsArgument.outcomes(changes);
                sent = sent || changes.isChanged();
                boolean queued = changes.queued() && !sent;
                boolean restart = reboot
                        && (sent || changes.isWaiting())
                        && SystemPower.restartIfOn(session, () -> once("a restart"));
                log(bmc.client().bmc() + ": " + outcomes + (restart ? "; restarted" : "")
                        + (queued ? "; other changes wait for the next start, nothing was taken" : ""));
                return new Turn.Done(Map.of(
                        "attributes", outcomes, "changed", sent, "queued", queued, "rebooted", restart));
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
