package io.jenkins.plugins.understack.queue;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.util.Arrays;

/** Keeps builds in the queue until it is their turn. Asked by Jenkins at every look at the queue, with its lock. */
@Extension
public final class TurnDispatcher extends QueueTaskDispatcher {
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn == null) {
            return null;
        }
        if (turn.isWaitingForApproval()) {
            return CauseOfBlockage.fromMessage(Messages._TurnDispatcher_held(turn.getHeld()));
        }
        if (!turn.hasKey()) {
            return null;
        }
        if (!RunningBuilds.get().isKnown()) {
            return CauseOfBlockage.fromMessage(Messages._TurnDispatcher_starting());
        }
        if (RunningBuilds.get().isAnyExcludedBy(turn)) {
            return CauseOfBlockage.fromMessage(Messages._TurnDispatcher_running());
        }
        return isEarlierWaiting(item, turn) ? CauseOfBlockage.fromMessage(Messages._TurnDispatcher_earlier()) : null;
    }

    /** Ids of the queue grow in the order of the events. */
    private static boolean isEarlierWaiting(Queue.Item item, TurnAction turn) {
        return Arrays.stream(Queue.getInstance().getItems())
                .filter(other -> other.getId() < item.getId())
                .map(other -> other.getAction(TurnAction.class))
                .anyMatch(other -> other != null && turn.excludes(other));
    }
}
