package io.jenkins.plugins.understack.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.QueueListener;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * The builds with keys that run, from the moment they leave the queue: a build is in no list of Jenkins until its first
 * moments are over.
 */
@Extension
public final class RunningBuilds extends QueueListener {
    private static final Logger LOGGER = Logger.getLogger(RunningBuilds.class.getName());

    /** By key; of some builds that run no more, too. */
    private final Map<String, Map<TurnAction, BooleanSupplier>> running = new ConcurrentHashMap<>();
    private volatile boolean resumed;

    public static RunningBuilds get() {
        return ExtensionList.lookupSingleton(RunningBuilds.class);
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn != null && turn.hasKey() && !item.isCancelled()) {
            forgetWhatEnded();
            // The future also ends where the executor dies before there is a build.
            add(turn, () -> !item.getFuture().isDone());
        }
    }

    /** Once for each build, so that looks at the queue need not. */
    private void forgetWhatEnded() {
        running.keySet().forEach(key -> running.computeIfPresent(key, (k, turns) -> {
            turns.values().removeIf(runs -> !runs.getAsBoolean());
            return turns.isEmpty() ? null : turns;
        }));
    }

    private void add(TurnAction turn, BooleanSupplier runs) {
        turn.keys().forEach(key -> running.compute(key, (k, turns) -> {
            Map<TurnAction, BooleanSupplier> all = turns == null ? new ConcurrentHashMap<>() : turns;
            all.put(turn, runs);
            return all;
        }));
    }

    /** False while Pipelines of before a restart are still being loaded, so that nothing can be said yet. */
    boolean isKnown() {
        return resumed;
    }

    /** Those that run and that exclude {@code turn}. */
    public Stream<TurnAction> excluding(TurnAction turn) {
        return turn.keys().stream()
                .map(running::get)
                .filter(Objects::nonNull)
                .flatMap(turns -> turns.entrySet().stream())
                .filter(entry -> entry.getValue().getAsBoolean())
                .map(Map.Entry::getKey);
    }

    /**
     * Only Pipelines survive a restart. They take their time to load, as long as builds with keys wait; but what cannot be loaded must
     * not block those for ever.
     */
    void resume(Iterable<FlowExecution> executions) {
        try {
            WaitingBuilds.get().seed();
            executions.forEach(this::add);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "not all running Pipelines can be loaded; builds with their keys may begin beside them", e);
        } finally {
            resumed = true;
            Queue.getInstance().scheduleMaintenance();
        }
    }

    @Extension
    public static final class OnLoaded extends ItemListener {
        @Override
        public void onLoaded() {
            Timer.get().submit(() -> get().resume(FlowExecutionList.get()));
        }
    }

    /** For a plugin that is installed without a restart. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void onInstalled() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            new OnLoaded().onLoaded();
        }
    }

    private void add(FlowExecution execution) {
        try {
            if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                TurnAction turn = run.getAction(TurnAction.class);
                if (turn != null && turn.hasKey()) {
                    add(turn, run::isBuilding);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a running Pipeline cannot be loaded; a build with its key may begin beside it", e);
        }
    }
}
