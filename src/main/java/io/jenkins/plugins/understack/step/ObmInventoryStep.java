package io.jenkins.plugins.understack.step;

import hudson.Extension;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.inventory.Inventory;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code obmInventory(hostname: …)}: what a server is and has, as its BMC tells it; changes nothing. */
public final class ObmInventoryStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    @DataBoundConstructor
    public ObmInventoryStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, target("obmInventory"), timeout(TIMEOUT));
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context, BmcTarget target, Duration timeout) {
            super(context, target, timeout);
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, InterruptedException {
            try (RedfishSession session = bmc.sessions().open().logging(this::log)) {
                Inventory inventory = Inventory.read(session);
                log(bmc.client().bmc() + ": " + inventory);
                return new Turn.Done(inventory.toPlain());
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmInventory";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmInventoryStep_displayName();
        }
    }
}
