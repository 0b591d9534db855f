package io.jenkins.plugins.understack.step;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import jenkins.util.ContextResettingExecutorService;
import jenkins.util.Timer;

/** Threads for the turns of all steps that talk to BMCs and Ironic: some, so that many builds at once do not exhaust the controller. */
final class Turns {
    /** An upload holds one for minutes. */
    private static final int THREADS = 32;

    private static final ThreadPoolExecutor POOL = pool();
    private static final ContextResettingExecutorService EXECUTOR = new ContextResettingExecutorService(POOL);

    /** How long is really waited. Tests shorten it. */
    static volatile UnaryOperator<Duration> pace = UnaryOperator.identity();

    private Turns() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "UnderStack step"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** @return to cancel it, also while it runs */
    static Future<?> at(Instant time, Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        Duration wait = pace.apply(Duration.between(Instant.now(), time));
        if (wait.isNegative() || wait.isZero()) {
            EXECUTOR.execute(task);
        } else {
            Timer.get().schedule(() -> EXECUTOR.execute(task), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
        return task;
    }
}
