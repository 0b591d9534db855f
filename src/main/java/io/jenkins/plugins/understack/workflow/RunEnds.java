package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.model.queue.QueueListener;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait until builds end, without asking again and again; or until Jenkins goes down, after which they would wait for ever. */
@Extension
public final class RunEnds extends RunListener<Run<?, ?>> {
    private static final Lock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();
    private static long changes;
    private static volatile boolean stopping;

    @Override
    public void onFinalized(Run<?, ?> run) {
        changed();
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        changed();
    }

    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    public static void begin() {
        stopping = false;
    }

    @Terminator
    public static void stop() {
        stopping = true;
        changed();
    }

    /** Whether Jenkins goes down, which ends every wait. */
    static boolean isStopping() {
        return stopping;
    }

    private static void changed() {
        LOCK.lock();
        try {
            changes++;
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * @param ended asked at the beginning and after each end of a build, without any lock
     * @return whether it became true in time; false also where Jenkins goes down
     */
    static boolean await(BooleanSupplier ended, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = changes();
            if (ended.getAsBoolean()) {
                return true;
            }
            if (stopping) {
                return false;
            }
            if (!awaitChange(seen, deadline - System.nanoTime())) {
                return ended.getAsBoolean();
            }
        }
    }

    private static long changes() {
        LOCK.lock();
        try {
            return changes;
        } finally {
            LOCK.unlock();
        }
    }

    private static boolean awaitChange(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        LOCK.lock();
        try {
            while (changes == seen) {
                if (left <= 0) {
                    return false;
                }
                left = CHANGED.awaitNanos(left);
            }
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    /** What is taken out of the queue never becomes a build. */
    @Extension
    public static final class Cancelled extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            if (item.isCancelled()) {
                changed();
            }
        }
    }
}
