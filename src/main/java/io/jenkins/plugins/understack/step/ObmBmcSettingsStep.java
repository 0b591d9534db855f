package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.redfish.BmcHostName;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Settings;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code obmBmcSettings(hostname: …, bmcHostname: 'Dell-33GSW04', settings: ['Time.1.Timezone': 'UTC'])}: the host name of a BMC and, of
 * an iDRAC, its attributes; both are active at once. Returns what became of each attribute, and whether anything was changed.
 */
public final class ObmBmcSettingsStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private Object settings;
    private String bmcHostname;

    @DataBoundConstructor
    public ObmBmcSettingsStep() {}

    /** A map; or a string of JSON, which is what the snippet generator's form has; null for none. */
    public Object getSettings() {
        return settings;
    }

    @DataBoundSetter
    public void setSettings(Object settings) {
        this.settings = settings instanceof String text ? Util.fixEmptyAndTrim(text) : settings;
    }

    /** Of the BMC itself, without a domain; null leaves it as it is. */
    public String getBmcHostname() {
        return bmcHostname;
    }

    @DataBoundSetter
    public void setBmcHostname(String bmcHostname) {
        this.bmcHostname = Util.fixEmptyAndTrim(bmcHostname);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (settings == null && bmcHostname == null) {
            throw new AbortException("obmBmcSettings: settings: is empty; expected settings, bmcHostname, or both");
        }
        try {
            return new Execution(
                    context,
                    target("obmBmcSettings"),
                    timeout(TIMEOUT),
                    settings == null ? null : SettingsArgument.json("obmBmcSettings", settings),
                    bmcHostname == null ? null : BmcHostName.check("bmcHostname", bmcHostname));
        } catch (InvalidFieldException e) {
            throw new AbortException("obmBmcSettings: " + e.getMessage());
        }
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String settings;
        private final String bmcHostname;
        /** By this or an earlier turn. */
        private volatile boolean changed;

        Execution(StepContext context, BmcTarget target, Duration timeout, String settings, String bmcHostname) {
            super(context, target, timeout);
            this.settings = settings;
            this.bmcHostname = bmcHostname;
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                Map<String, Object> outcomes = Map.of();
                boolean queued = false;
                if (settings != null) {
                    Settings.Changes changes = Settings.manager(session, SettingsArgument.wanted(settings));
                    outcomes = SettingsArgument.outcomes(changes);
                    changed = changed || changes.isChanged();
                    queued = changes.queued();
                    log(bmc.client().bmc() + ": " + outcomes + (queued ? "; other changes wait, nothing was taken" : ""));
                }
                if (bmcHostname != null) {
                    boolean renamed = BmcHostName.set(session, bmcHostname);
                    changed = changed || renamed;
                    log(bmc.client().bmc() + ": host name " + bmcHostname + (renamed ? "" : ", as it already was"));
                }
                return new Turn.Done(Map.of("attributes", outcomes, "changed", changed, "queued", queued));
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmBmcSettings";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmBmcSettingsStep_displayName();
        }
    }
}
