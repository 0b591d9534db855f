package io.jenkins.plugins.understack.queue;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.understack.Understack;

/** Keeps builds in the queue until it is their turn. Asked by Jenkins at every look at the queue, with its lock. */
@Extension
public final class TurnDispatcher extends QueueTaskDispatcher {
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn == null) {
            return null;
        }
        if (!Understack.get().isCompared()) {
            // It may have run before the restart: the queue is written now and then only.
            return CauseOfBlockage.fromMessage(Messages._TurnDispatcher_comparing());
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
        if (RunningBuilds.get().excluding(turn).findAny().isPresent()) {
            return CauseOfBlockage.fromMessage(Messages._TurnDispatcher_running());
        }
        TurnAction head = WaitingBuilds.get().headBefore(item, turn);
        if (head == null) {
            return null;
        }
        return CauseOfBlockage.fromMessage(
                head.isWaitingForApproval() ? Messages._TurnDispatcher_earlierHeld(head.getEvent()) : Messages._TurnDispatcher_earlier());
    }
}
