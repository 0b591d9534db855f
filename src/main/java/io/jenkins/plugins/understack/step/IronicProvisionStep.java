package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.core.openstack.ProvisionRequest;
import io.jenkins.plugins.understack.core.openstack.ProvisionTarget;
import io.jenkins.plugins.understack.core.openstack.Provisioning;
import io.jenkins.plugins.understack.openstack.OpenstackHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code ironicProvision(node: …, target: 'manage')}: asks Ironic to bring a node into a provision state, and follows it to its end. Returns the node's
 * {@code uuid}, its {@code state}, and whether it {@code changed}.
 */
public final class IronicProvisionStep extends OpenstackStep {
    private final String node;
    private final String target;
    private Object cleanSteps;
    private String runbook;
    private boolean disableRamdisk;
    private int timeoutMinutes;

    @DataBoundConstructor
    public IronicProvisionStep(String node, String target) {
        this.node = Util.fixEmptyAndTrim(node);
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** Name or UUID. */
    public String getNode() {
        return node;
    }

    /** As Ironic names it. */
    public String getTarget() {
        return target;
    }

    /** A list of maps; or a string of JSON, which is what the snippet generator's form has. */
    public Object getCleanSteps() {
        return cleanSteps;
    }

    @DataBoundSetter
    public void setCleanSteps(Object cleanSteps) {
        this.cleanSteps = cleanSteps instanceof CharSequence text ? Util.fixEmptyAndTrim(text.toString()) : cleanSteps;
    }

    /** Name or UUID. */
    public String getRunbook() {
        return runbook;
    }

    @DataBoundSetter
    public void setRunbook(String runbook) {
        this.runbook = Util.fixEmptyAndTrim(runbook);
    }

    public boolean isDisableRamdisk() {
        return disableRamdisk;
    }

    @DataBoundSetter
    public void setDisableRamdisk(boolean disableRamdisk) {
        this.disableRamdisk = disableRamdisk;
    }

    /** 0 for {@link Provisioning#TIMEOUT}. */
    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = Math.max(0, timeoutMinutes);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        ProvisionRequest request = checked(() -> ProvisionRequest.of(node, target, cleanSteps, runbook, disableRamdisk));
        Duration timeout = timeoutMinutes == 0 ? Provisioning.TIMEOUT : Duration.ofMinutes(timeoutMinutes);
        return new Execution(context, this, request, timeout);
    }

    private static final class Execution extends TurnExecution {
        private static final long serialVersionUID = 1L;

        private final String cloud;
        private final String node;
        private final String target;
        private final String cleanSteps;
        private final String runbook;
        private final boolean disableRamdisk;
        /** How far it has come, as {@link Provisioning.Stage} has it. */
        private volatile String since;

        private volatile boolean taken;

        Execution(StepContext context, IronicProvisionStep step, ProvisionRequest request, Duration timeout) {
            super(context, "ironicProvision", timeout);
            cloud = step.getCloud();
            node = request.node();
            target = step.target;
            cleanSteps = request.cleanSteps() == null ? null : request.cleanSteps().toString();
            runbook = request.runbook();
            disableRamdisk = request.disableRamdisk();
        }

        @Override
        Turn turn() throws IOException, InterruptedException {
            try {
                Provisioning provisioning = new Provisioning(
                        OpenstackHttp.connect(UnderstackConfiguration.get().clouds().pick(cloud), getContext().get(Run.class), this::log),
                        ProvisionRequest.of(node, target, cleanSteps, runbook, disableRamdisk));
                Provisioning.Turn turn = provisioning.turn(new Provisioning.Stage(since, taken));
                if (turn instanceof Provisioning.Turn.Done done) {
                    log("node " + node + " is " + done.state() + (done.changed() ? "" : " already"));
                    return new Turn.Done(Map.of("uuid", done.uuid(), "state", done.state(), "changed", done.changed()));
                }
                Provisioning.Turn.Next next = (Provisioning.Turn.Next) turn;
                since = next.stage().since();
                taken = next.stage().taken();
                if (next.pause().isZero()) {
                    // The next turn changes the node; it must not be made without this, also after a crash.
                    store();
                }
                return new Turn.Again(Instant.now().plus(next.pause()), next.why());
            } catch (OpenstackException e) {
                throw new AbortException(e.getMessage());
            } catch (InvalidFieldException e) {
                throw new AbortException("ironicProvision: " + e.getMessage());
            }
        }

        @Override
        void restarted() {
            log("goes on after a restart of Jenkins");
        }

        @Override
        public String toString() {
            return "node " + node;
        }
    }

    @Extension
    public static final class DescriptorImpl extends OpenstackStepDescriptor {
        @Override
        public String getFunctionName() {
            return "ironicProvision";
        }

        @Override
        public String getDisplayName() {
            return Messages.IronicProvisionStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return namedArgs.get("node") + " " + namedArgs.get("target");
        }

        public ListBoxModel doFillTargetItems() {
            ListBoxModel items = new ListBoxModel();
            ProvisionTarget.verbs().forEach(items::add);
            return items;
        }
    }
}
