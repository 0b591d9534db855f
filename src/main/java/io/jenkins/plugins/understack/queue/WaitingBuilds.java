package io.jenkins.plugins.understack.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The queue items with keys, in line by key. Jenkins asks about every item at every look at the queue; an answer must not go through
 * the queue again. Written with the queue's lock, read by anybody.
 */
@Extension
public final class WaitingBuilds extends QueueListener {
    private final Map<String, ConcurrentSkipListMap<Long, TurnAction>> lines = new ConcurrentHashMap<>();

    static WaitingBuilds get() {
        return ExtensionList.lookupSingleton(WaitingBuilds.class);
    }

    /** The head of the line in which {@code item} stands, or null where that is {@code item} itself. Ids grow in the order of the events. */
    TurnAction headBefore(Queue.Item item, TurnAction turn) {
        TurnAction head = null;
        for (String key : turn.keys()) {
            ConcurrentSkipListMap<Long, TurnAction> line = lines.get(key);
            Map.Entry<Long, TurnAction> first = line == null ? null : line.firstEntry();
            if (first != null && first.getKey() < item.getId() && (head == null || first.getValue().isWaitingForApproval())) {
                head = first.getValue();
            }
        }
        return head;
    }

    @Override
    public void onEnterWaiting(Queue.WaitingItem item) {
        add(item);
    }

    @Override
    public void onEnterBlocked(Queue.BlockedItem item) {
        add(item);
    }

    @Override
    public void onEnterBuildable(Queue.BuildableItem item) {
        add(item);
    }

    private void add(Queue.Item item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn != null) {
            turn.keys().forEach(key ->
                    lines.computeIfAbsent(key, k -> new ConcurrentSkipListMap<>()).put(item.getId(), turn));
        }
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        TurnAction turn = item.getAction(TurnAction.class);
        if (turn != null) {
            turn.keys().forEach(key -> lines.computeIfPresent(key, (k, line) -> {
                line.remove(item.getId());
                return line.isEmpty() ? null : line;
            }));
        }
    }

    /** Looks at the whole queue: after a start, and because "Reload Configuration from Disk" empties it without a word. */
    void seed() {
        Queue.withLock(() -> {
            lines.clear();
            Arrays.stream(Queue.getInstance().getItems()).forEach(this::add);
        });
    }

    @Extension
    public static final class Seeding extends PeriodicWork {
        @Override
        public long getRecurrencePeriod() {
            return Duration.ofMinutes(1).toMillis();
        }

        @Override
        protected void doRun() {
            get().seed();
        }
    }
}
