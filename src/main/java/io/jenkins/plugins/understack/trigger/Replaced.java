package io.jenkins.plugins.understack.trigger;

import hudson.model.Queue;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.queue.RunningBuilds;
import io.jenkins.plugins.understack.queue.TurnAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting builds that a newer event takes the place of ({@code coalesceBy}). Used with the queue's lock.
 *
 * @param items in the order of the queue
 * @param again whether the event is no newer one: its build waits, runs, or was replaced by one of these
 */
record Replaced(List<Queue.Item> items, boolean again) {
    static Replaced of(Queue.Task task, TurnAction newer) {
        if (!newer.coalesces()) {
            // The queue may be long, and nobody else gets its lock meanwhile.
            return new Replaced(List.of(), false);
        }
        List<Queue.Item> items = new ArrayList<>();
        boolean again = RunningBuilds.get().excluding(newer).anyMatch(turn -> turn.isReplacedBy(newer) && turn.hasSeen(newer));
        for (Queue.Item item : Queue.getInstance().getItems(task)) {
            TurnAction turn = item.getAction(TurnAction.class);
            if (turn != null && turn.isReplacedBy(newer)) {
                again |= turn.hasSeen(newer);
                // A pending one has its executor already: it runs.
                if (!(item instanceof Queue.BuildableItem buildable && buildable.isPending())) {
                    items.add(item);
                }
            }
        }
        items.sort(Comparator.comparing(Queue.Item::getId));
        return new Replaced(items, again);
    }

    List<TurnAction> turns() {
        return items.stream().map(item -> item.getAction(TurnAction.class)).toList();
    }

    /** @param event the newer one */
    void cancel(String event) {
        for (Queue.Item item : items) {
            item.getAction(TurnAction.class).depart(Outcome.Kind.REPLACED, "event " + event + " has taken its place");
            Queue.getInstance().cancel(item);
        }
    }

    /** At most {@code delay}: until the first of these would have begun. */
    Duration shorten(Duration delay, Instant now) {
        Duration shortest = delay;
        for (Queue.Item item : items) {
            Duration left = item instanceof Queue.WaitingItem waiting
                    ? Duration.between(now, waiting.timestamp.toInstant())
                    : Duration.ZERO;
            shortest = left.compareTo(shortest) < 0 ? left : shortest;
        }
        return shortest.isNegative() ? Duration.ZERO : shortest;
    }
}
