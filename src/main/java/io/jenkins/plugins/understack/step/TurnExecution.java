package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.Understack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Works in turns. Between them it waits without a thread and without an executor, also through restarts of Jenkins, where
 * it goes on with what it has stored: fields that are not transient, which hold no secret.
 */
abstract class TurnExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(TurnExecution.class.getName());

    private static final Duration STORED = Duration.ofMinutes(1);

    private final String step;
    private final Instant deadline;
    private volatile String status = "waiting for a thread";
    private Instant next;
    private transient Future<?> turn;
    private transient boolean over;

    /**
     * @param step its name, for messages
     * @param timeout of all turns together
     */
    TurnExecution(StepContext context, String step, Duration timeout) {
        super(context);
        this.step = step;
        deadline = Instant.now().plus(timeout);
    }

    /**
     * One turn, in a thread that may wait for answers but not for time to pass.
     *
     * @throws AbortException says everything in its message
     */
    abstract Turn turn() throws IOException, InterruptedException;

    /** What is worked on, for the log of Jenkins. */
    @Override
    public abstract String toString();

    /** Called once before the first turn after a restart. */
    void restarted() {}

    /** Called when no turn follows, whatever has happened; in any thread. */
    void ended() {}

    final Instant deadline() {
        return deadline;
    }

    @Override
    public final boolean start() {
        schedule(Instant.now());
        return false;
    }

    @Override
    public final void onResume() {
        restarted();
        schedule(next == null ? Instant.now() : next);
    }

    private synchronized void schedule(Instant at) {
        if (!over) {
            turn = Turns.at(at, this::perform);
        }
    }

    private void perform() {
        try {
            Turn result = turn();
            if (result instanceof Turn.Done done) {
                if (end()) {
                    getContext().onSuccess(done.result());
                }
            } else if (result instanceof Turn.Again again) {
                again(again.at(), again.why());
            }
        } catch (AbortException e) {
            fail(e);
        } catch (InterruptedException e) {
            // By stop(), which has ended it already.
            fail(new AbortException(step + ": was interrupted"));
        } catch (IOException | RuntimeException | Error e) {
            // Also an Error: nobody else would see it, and the step would wait for ever.
            LOGGER.log(Level.WARNING, e, () -> step + " failed for " + this);
            fail(new AbortException(step + ": failed: " + e.getClass().getSimpleName() + "; the log of Jenkins has the details"));
        }
    }

    private void again(Instant at, String why) {
        if (!at.isBefore(deadline)) {
            fail(new AbortException(step + ": gives up, since its time ends at " + deadline + "; the last was: " + why));
            return;
        }
        if (!why.equals(status)) {
            log(why);
        }
        status = why;
        next = at;
        // In the thread of the Pipeline, when it comes to that; what would be lost by a crash before is only this wait.
        getContext().saveState();
        schedule(at);
    }

    private void fail(Exception why) {
        if (Jenkins.getInstanceOrNull() == null || !Understack.get().isRunning()) {
            // Nothing can be looked up or stored any more; it goes on after the restart.
            LOGGER.log(Level.FINE, why, () -> step + " was cut short for " + this);
            return;
        }
        if (end()) {
            getContext().onFailure(why);
        }
    }

    /** @return false where somebody else has ended it */
    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        if (first) {
            ended();
        }
        return first;
    }

    @Override
    public final void stop(Throwable cause) {
        boolean first = end();
        synchronized (this) {
            if (turn != null) {
                turn.cancel(true);
            }
        }
        if (first) {
            getContext().onFailure(cause);
        }
    }

    /** Returns when what is stored is what the fields are now. Not in the thread of the Pipeline, which does it. */
    final void store() throws IOException, InterruptedException {
        try {
            getContext().saveState().get(STORED.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(step + ": its state cannot be stored", e);
        }
    }

    /** One line in the log of the build. */
    final void log(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println(step + ": " + line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "The log of a build cannot be written", e);
        }
    }

    final void status(String text) {
        status = text;
    }

    @Override
    public final String getStatus() {
        Instant at = next;
        return status + (at != null && at.isAfter(Instant.now()) ? " (next at " + at + ")" : "");
    }
}
