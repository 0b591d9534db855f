package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.RetryRule;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.workbench.cps.RunId;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import io.jenkins.plugins.understack.workbench.cps.WorkflowRun;
import io.jenkins.plugins.understack.workbench.inbox.RunFile;
import io.jenkins.plugins.understack.workbench.inbox.RunFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs workflows of the library, a few at a time; others wait in the inbox. A run that was cut off is not run again. */
final class WorkflowStarter implements BuildStarter, AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final StartOutcome STOPPING = new StartOutcome.Later(RetryRule.NOT_READY, "the workbench is stopping");

    private final WorkflowLibrary library;
    private final Steps steps;
    private final RunFiles runs;
    private final Clock clock;
    private final RunListener listener;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final ExecutorService threads;
    private volatile boolean stopping;
    private Consumer<String> finished = start -> {};

    WorkflowStarter(WorkflowLibrary library, Steps steps, RunFiles runs, Clock clock, RunListener listener) {
        this.library = library;
        this.steps = steps;
        this.runs = runs;
        this.clock = clock;
        this.listener = listener;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "workflow " + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Who is told of a start whose run has ended; before the first one. */
    void onFinished(Consumer<String> consumer) {
        finished = consumer;
    }

    @Override
    public Map<String, StartOutcome> find(List<PendingStart> starts) {
        Map<String, StartOutcome> found = new HashMap<>();
        starts.forEach(start -> runs.find(start.id())
                .ifPresent(run -> found.put(start.id(), new StartOutcome.Started(run.name(), run.state().equals(RunFile.RUNNING)))));
        return found;
    }

    /** Waits until there is room for one more. */
    @Override
    public StartOutcome start(Event event, PendingStart start) {
        String workflow = WorkflowName.of(start.start().job());
        if (!library.has(workflow)) {
            return new StartOutcome.Refused("job", "\"" + start.start().job() + "\" stands for the workflow \"" + workflow
                    + "\", which does not exist; expected one of " + library.names());
        }
        slots.acquireUninterruptibly();
        StartOutcome outcome = stopping ? STOPPING : begin(event, start, workflow);
        if (!(outcome instanceof StartOutcome.Started started && started.running())) {
            slots.release();
        }
        return outcome;
    }

    private StartOutcome begin(Event event, PendingStart start, String workflow) {
        String name = RunId.of(workflow);
        RunFile file = new RunFile(start.id(), name, workflow, start.sensor(), event.id(), RunFile.RUNNING, clock.instant(), null);
        try {
            runs.begin(file);
        } catch (FileAlreadyExistsException e) {
            // Of an earlier process: this one tries a start once.
            return new StartOutcome.Started(runs.find(start.id()).orElse(file).name(), false);
        } catch (IOException e) {
            return new StartOutcome.Later(RetryRule.FAILED, "its run cannot be written: " + e.getMessage());
        }
        threads.execute(() -> run(event, start, file));
        return new StartOutcome.Started(name, true);
    }

    private void run(Event event, PendingStart start, RunFile file) {
        try {
            WorkflowResult result = new WorkflowRun(library, steps, clock, file.name(), event)
                    .execute(file.workflow(), start.start().parameters());
            runs.end(file.ended(result.root().state().label(), clock.instant()));
            listener.ended(event, start.sensor(), result);
        } finally {
            slots.release();
            finished.accept(start.id());
        }
    }

    /** Nothing more is begun. */
    void stop() {
        stopping = true;
        slots.release();
    }

    /** Waits up to 10 s for what runs. To be called when nobody starts any more. */
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
