package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.queue.TurnAction;
import io.jenkins.plugins.understack.queue.TurnAction.Departure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** Follows the builds of starts from the queue until their run exists on disk, and knows them again after a restart. */
@Extension
public final class PendingBuilds extends QueueListener {
    /** Left the queue, and have no run yet. */
    private final Map<String, Future<?>> leaving = new ConcurrentHashMap<>();

    public static PendingBuilds get() {
        return ExtensionList.lookupSingleton(PendingBuilds.class);
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        EventAction action = item.getAction(EventAction.class);
        if (action == null) {
            return;
        }
        if (item.isCancelled()) {
            TurnAction turn = item.getAction(TurnAction.class);
            Departure departure = turn == null ? null : turn.departure();
            Understack.get()
                    .starter()
                    .left(
                            action.start(),
                            departure == null ? Outcome.Kind.DISCARDED : departure.kind(),
                            departure == null ? "cancelled in the queue" : departure.why());
        } else {
            leaving.put(action.start(), item.getFuture());
        }
    }

    void hasRun(String start) {
        leaving.remove(start);
    }

    /**
     * First the queue, then the runs: a build goes from the one to the other. After a restart the queue may be older than the runs, as it
     * is written now and then only.
     */
    Map<String, StartOutcome> find(List<PendingStart> starts) {
        Map<String, StartOutcome> found = new HashMap<>();
        Map<String, PendingStart> wanted = new HashMap<>();
        starts.forEach(start -> wanted.put(start.id(), start));
        for (Queue.Item item : Queue.getInstance().getItems()) {
            EventAction action = item.getAction(EventAction.class);
            if (action != null && wanted.containsKey(action.start())) {
                found.put(action.start(), new StartOutcome.Queued());
            }
        }
        leaving.values().removeIf(Future::isDone);
        leaving.keySet().stream().filter(wanted::containsKey).forEach(start -> found.put(start, new StartOutcome.Queued()));
        if (Understack.get().isCompared()) {
            wanted.keySet().removeAll(found.keySet());
        }
        RunSearch.find(wanted).forEach((start, run) -> found.put(start, started(run)));
        return found;
    }

    /** After a restart: takes out of the queue what has had its run, or was discarded. */
    public void dropSettled() {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            EventAction action = item.getAction(EventAction.class);
            if (action != null && Understack.get().inbox().reader().outcome(action.start()) != null) {
                Queue.getInstance().cancel(item);
            }
        }
    }

    private static StartOutcome.Started started(Run<?, ?> run) {
        return new StartOutcome.Started(run.getExternalizableId(), run.isBuilding());
    }
}
