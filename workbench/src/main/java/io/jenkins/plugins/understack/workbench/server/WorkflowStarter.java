package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartRefusedException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.workbench.cps.RunId;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.cps.WorkflowRun;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs workflows of the library, a few at a time. What waits is in memory only: it is lost with the process. */
final class WorkflowStarter implements BuildStarter, AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final int WAITING = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final WorkflowLibrary library;
    private final Steps steps;
    private final Clock clock;
    private final RunListener listener;
    private final ThreadPoolExecutor threads;

    WorkflowStarter(WorkflowLibrary library, Steps steps, Clock clock, RunListener listener) {
        this.library = library;
        this.steps = steps;
        this.clock = clock;
        this.listener = listener;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> {
                    Thread thread = new Thread(task, "workflow " + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                WorkflowStarter::waitForRoom);
    }

    /** Slows the source down before it turns an event away. */
    private static void waitForRoom(Runnable task, ThreadPoolExecutor pool) {
        try {
            if (!pool.isShutdown() && pool.getQueue().offer(task, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RejectedExecutionException();
    }

    @Override
    public Reason start(Event event, String sensor, Start start) throws StartRefusedException, EventNotAcceptedException {
        String workflow = WorkflowName.of(start.job());
        if (!library.has(workflow)) {
            throw new StartRefusedException("job", "\"" + start.job() + "\" stands for the workflow \"" + workflow
                    + "\", which does not exist; expected one of " + library.names());
        }
        try {
            threads.execute(() -> {
                WorkflowRun run = new WorkflowRun(library, steps, clock, RunId.of(workflow), event);
                listener.ended(event, sensor, run.execute(workflow, start.parameters()));
            });
            String rules = start.rules().equals(StartRules.NONE) ? "" : " at once: only Jenkins' queue knows serializeBy, coalesceBy, limit, delay and hold";
            return new Reason("start", Outcome.PASS, "runs the workflow " + workflow + rules);
        } catch (RejectedExecutionException e) {
            throw new EventNotAcceptedException(
                    threads.isShutdown() ? "the workbench is stopping" : WAITING + " workflows are waiting already", e);
        }
    }

    /** Waits up to 10 s for what runs. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
