package io.jenkins.plugins.understack.workflow;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.workflow.StepTree.State;
import java.io.PrintStream;
import java.time.Duration;

/** {@code --wait} and {@code --timeout} of commands that start something. */
final class WaitOptions {
    static final String WAIT = "Wait until the workflow has ended, show its tree, and end with 16 where it did not succeed.";
    static final String TIMEOUT =
            "How long to wait, for example 10m; then end with 17, while the workflow goes on. Implies --wait.";
    /** Codes up to 15 belong to Jenkins' CLI. */
    static final int NOT_SUCCEEDED = 16;

    static final int NOT_ENDED = 17;
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final boolean wait;
    private final Duration limit;

    /** @throws io.jenkins.plugins.understack.core.InvalidFieldException where the timeout is no duration */
    WaitOptions(boolean wait, String timeout) {
        this.wait = wait;
        this.limit = Durations.parse("--timeout", timeout);
    }

    /** @return the exit code */
    int follow(Job<?, ?> job, Queue.Item item, PrintStream out, PrintStream err) throws InterruptedException {
        Submission submission = new Submission(job, item.getId());
        if (!wait && limit == null) {
            out.println(Messages.WaitOptions_submitted(job.getFullName(), String.valueOf(item.getId())));
            return 0;
        }
        boolean ended = RunEnds.await(submission::ended, limit == null ? FOR_EVER : limit);
        if (!ended && RunEnds.isStopping()) {
            err.println(Messages.WaitOptions_stopping(job.getFullName()));
            return NOT_ENDED;
        }
        Run<?, ?> run = submission.run();
        if (run != null) {
            out.println(WorkflowView.text(run));
        }
        if (!ended) {
            err.println(Messages.WaitOptions_deadline(
                    run == null ? job.getFullName() : run.getExternalizableId(), Durations.print(limit)));
            return NOT_ENDED;
        }
        if (run == null) {
            err.println(Messages.WaitOptions_cancelled(job.getFullName()));
            return NOT_SUCCEEDED;
        }
        return RunTree.state(run) == State.SUCCEEDED ? 0 : NOT_SUCCEEDED;
    }
}
