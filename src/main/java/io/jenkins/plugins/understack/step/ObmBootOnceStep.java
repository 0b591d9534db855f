package io.jenkins.plugins.understack.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.understack.core.redfish.BootOverride;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code obmBootOnce(hostname: …, target: 'Pxe')}: what a system starts from the next time; returns whether something was changed. */
public final class ObmBootOnceStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final String target;
    private String mode;

    @DataBoundConstructor
    public ObmBootOnceStep(String target) {
        this.target = target;
    }

    /** As Redfish names it: Pxe, UefiHttp, Hdd, Cd, BiosSetup … */
    public String getTarget() {
        return target;
    }

    /** UEFI, Legacy, or null to leave it as it is. */
    public String getMode() {
        return mode;
    }

    @DataBoundSetter
    public void setMode(String mode) {
        this.mode = Util.fixEmptyAndTrim(mode);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, target("obmBootOnce"), timeout(TIMEOUT), target, mode);
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String source;
        private final String mode;

        Execution(StepContext context, BmcTarget target, Duration timeout, String source, String mode) {
            super(context, target, timeout);
            this.source = source;
            this.mode = mode;
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                boolean changed = BootOverride.once(session, source, mode);
                log(bmc.client().bmc() + ": next start from " + source + (changed ? "" : ", as it already was"));
                return new Turn.Done(changed);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmBootOnce";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmBootOnceStep_displayName();
        }
    }
}
