package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.update.UpdateFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Works on a BMC in turns. */
abstract class BmcExecution extends TurnExecution {
    private static final long serialVersionUID = 1L;

    final BmcTarget target;

    /** What was asked for that must not be done twice; null where nothing is, or where it is known what became of it. */
    private volatile String asked;

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

    /** Returns when it is stored that the BMC is about to be asked for something that must not be done twice. */
    final void once(String what) throws InterruptedException {
        asked = what;
        try {
            store();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    final Turn turn() throws IOException, InterruptedException {
        if (asked != null) {
            throw new AbortException(target.step() + ": Jenkins went down while " + this + " was asked for " + asked
                    + "; whether that was done is not known, and it is not asked for again. Look at the system, then run again");
        }
        try {
            return turn(target.reach(getContext()));
        } catch (NotYetException e) {
            // So it was not done.
            asked = null;
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
