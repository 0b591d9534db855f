package io.jenkins.plugins.understack.trigger;

import hudson.model.Queue;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.queue.TurnAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Waiting builds that a newer event takes the place of ({@code coalesceBy}). Used with the queue's lock.
 *
 * @param events the ids of their events, and of those that they took the place of themselves; oldest first
 */
record Replaced(List<Queue.Item> items, List<String> events) {
    static Replaced of(Queue.Task task, String sensor, Start.Keys keys) {
        List<Queue.Item> items = new ArrayList<>();
        List<String> events = new ArrayList<>();
        if (keys.coalesce() != null) {
            for (Queue.Item item : Queue.getInstance().getItems(task)) {
                TurnAction turn = item.getAction(TurnAction.class);
                EventAction event = item.getAction(EventAction.class);
                // A pending one has its executor already: it runs.
                boolean pending = item instanceof Queue.BuildableItem buildable && buildable.isPending();
                if (turn != null && event != null && !pending && turn.isReplacedBy(sensor, keys)) {
                    items.add(item);
                    events.addAll(turn.getReplaced());
                    events.add(event.eventId());
                }
            }
        }
        return new Replaced(items, events);
    }

    void cancel() {
        items.forEach(Queue.getInstance()::cancel);
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
