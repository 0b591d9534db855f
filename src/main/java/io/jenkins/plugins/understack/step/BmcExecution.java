package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.update.UpdateFailedException;
import java.io.IOException;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Works on a BMC in turns. */
abstract class BmcExecution extends TurnExecution {
    private static final long serialVersionUID = 1L;

    final BmcTarget target;

    /** @param timeout of all turns together */
    BmcExecution(StepContext context, BmcTarget target, Duration timeout) {
        super(context, target.step(), timeout);
        this.target = target;
    }

    /**
     * One turn, in a thread that may wait for answers but not for time to pass.
     *
     * @throws NotYetException to come again with the same at its time
     * @throws AbortException says everything in its message
     */
    abstract Turn turn(BmcTarget.Reached bmc) throws RedfishException, UpdateFailedException, IOException, InterruptedException;

    @Override
    final Turn turn() throws IOException, InterruptedException {
        try {
            return turn(target.reach(getContext()));
        } catch (NotYetException e) {
            return new Turn.Again(e.notBefore(), e.getMessage());
        } catch (RedfishException e) {
            throw new AbortException(target.step() + ": " + e.getMessage());
        }
    }

    @Override
    public final String toString() {
        return target.toString();
    }
}
