package io.jenkins.plugins.understack.workflow;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;

/** What became of a submission: it waits in Jenkins' queue, is a build, or was taken out of the queue. Thread-safe. */
final class Submission {
    /** How far back a build is looked for when the queue has forgotten it, which it does after some minutes. */
    private static final int SEARCHED = 1_000;

    private final Job<?, ?> job;
    private final long queueId;
    private Run<?, ?> run;
    /** The number of the newest build that was looked at: who waits asks again after each end of any build. */
    private int seen;

    Submission(Job<?, ?> job, long queueId) {
        this.job = job;
        this.queueId = queueId;
    }

    Job<?, ?> job() {
        return job;
    }

    long queueId() {
        return queueId;
    }

    /** Null while it waits, and where it was taken out of the queue. */
    synchronized Run<?, ?> run() {
        if (run == null) {
            run = find();
        }
        return run;
    }

    private Run<?, ?> find() {
        Queue.Item item = Queue.getInstance().getItem(queueId);
        if (item instanceof Queue.LeftItem left && left.getExecutable() instanceof Run<?, ?> executed) {
            return executed;
        }
        return item == null ? search() : null;
    }

    private Run<?, ?> search() {
        Run<?, ?> newest = job.getLastBuild();
        int searched = 0;
        for (Run<?, ?> one = newest; one != null && one.getNumber() > seen && searched < SEARCHED; one = one.getPreviousBuild()) {
            if (one.getQueueId() == queueId) {
                return one;
            }
            searched++;
        }
        seen = newest == null ? 0 : newest.getNumber();
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
        Run<?, ?> found = run();
        if (found != null) {
            return !found.isBuilding();
        }
        Queue.Item item = Queue.getInstance().getItem(queueId);
        return item == null || item instanceof Queue.LeftItem left && left.isCancelled();
    }
}
