package io.jenkins.plugins.understack.kubernetes;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.AtmostOneTaskExecutor;

/** Removes what builds have handed over when they end: at once, after a restart of the controller, and every five minutes what is left. */
@Extension
public final class HandoverRemoval extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(HandoverRemoval.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final AtmostOneTaskExecutor<Void> executor = new AtmostOneTaskExecutor<>(() -> {
        sweep();
        return null;
    });
    private String lastProblem;

    public HandoverRemoval() {
        super("Removal of hand-over Secrets");
    }

    static HandoverRemoval get() {
        return ExtensionList.lookupSingleton(HandoverRemoval.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        try {
            executor.submit().get();
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, "The removal of hand-over Secrets failed", e);
        }
    }

    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void afterRestart() {
        get().executor.submit();
    }

    private void sweep() throws InterruptedException {
        String problem = null;
        for (HandoverRecord record : HandoverRecords.get().due()) {
            try {
                record.remove();
                HandoverRecords.get().remove(record);
            } catch (IOException | KubernetesException | RuntimeException e) {
                problem = record + ": " + e.getMessage();
            }
        }
        if (problem != null && !problem.equals(lastProblem)) {
            LOGGER.warning("Could not be removed, is tried again every " + PERIOD.toMinutes() + " minutes: " + problem);
        }
        lastProblem = problem;
    }

    /** Also of builds that were aborted or failed. Does not wait: this is called by the thread that ran the Pipeline. */
    @Extension
    public static final class BuildEnds extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            if (HandoverRecords.get().ended(run)) {
                get().executor.submit();
            }
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            onFinalized(run);
        }
    }
}
