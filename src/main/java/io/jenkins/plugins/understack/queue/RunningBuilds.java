package io.jenkins.plugins.understack.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.QueueListener;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private final Map<TurnAction, BooleanSupplier> running = new ConcurrentHashMap<>();
    private volatile boolean resumed;

    static RunningBuilds get() {
        return ExtensionList.lookupSingleton(RunningBuilds.class);
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn != null && turn.hasKey() && !item.isCancelled()) {
            // The future also ends where the executor dies before there is a build.
            running.put(turn, () -> !item.getFuture().isDone());
        }
    }

    /** False while Pipelines of before a restart are still being loaded, so that nothing can be said yet. */
    boolean isKnown() {
        return resumed;
    }

    boolean isAnyExcludedBy(TurnAction turn) {
        running.values().removeIf(runs -> !runs.getAsBoolean());
        return running.keySet().stream().anyMatch(turn::excludes);
    }

    /** Only Pipelines survive a restart. They take their time to load, as long as builds with keys wait. */
    private void resume() {
        FlowExecutionList.get().forEach(this::add);
        resumed = true;
        Queue.getInstance().scheduleMaintenance();
    }

    @Extension
    public static final class OnLoaded extends ItemListener {
        @Override
        public void onLoaded() {
            Timer.get().submit(get()::resume);
        }
    }

    private void add(FlowExecution execution) {
        try {
            if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                TurnAction turn = run.getAction(TurnAction.class);
                if (turn != null && turn.hasKey()) {
                    running.put(turn, run::isBuilding);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a running Pipeline cannot be loaded; a build with its key may begin beside it", e);
        }
    }
}
