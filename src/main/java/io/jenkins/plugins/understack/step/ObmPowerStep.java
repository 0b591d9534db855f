package io.jenkins.plugins.understack.step;

import hudson.Extension;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.SystemPower;
import java.time.Duration;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code obmPower(hostname: …, power: 'On')}: switches a system on or off; returns whether something was done. */
public final class ObmPowerStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final String power;

    @DataBoundConstructor
    public ObmPowerStep(String power) {
        this.power = power;
    }

    /** As Redfish names it. */
    public String getPower() {
        return power;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, target("obmPower"), timeout(TIMEOUT), power);
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String power;

        Execution(StepContext context, BmcTarget target, Duration timeout, String power) {
            super(context, target, timeout);
            this.power = power;
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                boolean done = SystemPower.reset(session, power, () -> once(power));
                log(bmc.client().bmc() + (done ? ": " + power : ": is already so"));
                return new Turn.Done(done);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmPower";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmPowerStep_displayName();
        }

        public ListBoxModel doFillPowerItems() {
            ListBoxModel items = new ListBoxModel();
            Stream.of("On", "ForceOff", "GracefulShutdown", "GracefulRestart", "ForceRestart", "PowerCycle").forEach(items::add);
            return items;
        }
    }
}
