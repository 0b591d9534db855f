package io.jenkins.plugins.understack.workflow;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;

/** What became of a submission: it waits in Jenkins' queue, is a build, or was taken out of the queue. Thread-safe. */
record Submission(Job<?, ?> job, long queueId) {
    /** How far back a build is looked for when the queue has forgotten it, which it does after some minutes. */
    private static final int SEARCHED = 1_000;

    /** Null while it waits, and where it was taken out of the queue. */
    Run<?, ?> run() {
        Queue.Item item = Queue.getInstance().getItem(queueId);
        if (item instanceof Queue.LeftItem left && left.getExecutable() instanceof Run<?, ?> run) {
            return run;
        }
        if (item != null) {
            return null;
        }
        int searched = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && searched < SEARCHED; run = run.getPreviousBuild()) {
            if (run.getQueueId() == queueId) {
                return run;
            }
            searched++;
        }
        return null;
    }

    /** Why it still waits, or null where it does not. */
    String waitsFor() {
        Queue.Item item = Queue.getInstance().getItem(queueId);
        return item == null || item instanceof Queue.LeftItem ? null : String.valueOf(item.getWhy());
    }

    /** Neither the queue nor the job knows of it: it was taken out of the queue some minutes ago, or has never been. */
    boolean isForgotten() {
        return Queue.getInstance().getItem(queueId) == null && run() == null;
    }

    /** Whether nothing will change any more. */
    boolean ended() {
        Run<?, ?> run = run();
        if (run != null) {
            return !run.isBuilding();
        }
        Queue.Item item = Queue.getInstance().getItem(queueId);
        return item == null || item instanceof Queue.LeftItem left && left.isCancelled();
    }
}
