package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.Digest;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts starts for {@code limit} and {@code rateLimit}, through restarts. A start counts when it is in the queue, unless {@code limit}
 * holds it; a newer one that takes its place takes its slot in the {@code rateLimit}, and its place in the {@code limit} is free again.
 *
 * <p>Thread-safe. What {@link #look} sees is true until another start of the sensor is counted: the caller keeps others away from
 * then until {@link #count}.
 */
public final class StartLimits {
    private static final String SEPARATOR = "\n";
    private static final String LIMIT = "limit";
    private static final String RATE = "rateLimit";

    private final StateStore state;

    public StartLimits(StateStore state) {
        this.state = state;
    }

    /**
     * As what a start was counted, to be kept with it.
     *
     * @param limitKey where {@code limit} counts it, no event data; null where it does not count
     * @param limit when it was counted by {@code limit}, or null
     * @param slot when {@code rateLimit} lets it begin, or null
     */
    public record Count(String limitKey, Instant limit, Instant slot) {
        public static final Count NONE = new Count(null, null, null);
    }

    /**
     * What the rules say about one more start.
     *
     * @param exceeded whether {@code limit} is exceeded, so that the start has to be approved
     * @param delay until {@code rateLimit} lets it begin
     */
    public record Turn(boolean exceeded, Duration delay, Count count, List<Count> replaced) {}

    /** The starts that count for the next one; {@code limit} and {@code slots} are oldest first. Whole milliseconds. */
    public record Window(String sensor, StartRules rules, String limitKey, List<Instant> limit, List<Instant> slots, Instant now) {
        /** @param replaced the counts of those that the start takes the place of */
        public Turn turn(List<Count> replaced) {
            boolean exceeded = rules.limit() != null && counted(replaced) >= rules.limit().starts();
            boolean counts = rules.limit() != null && !exceeded;
            Instant slot = rules.rateLimit() == null ? null : slot(replaced);
            Duration delay = slot == null || slot.isBefore(now) ? Duration.ZERO : Duration.between(now, slot);
            return new Turn(exceeded, delay, new Count(counts ? limitKey : null, counts ? now : null, slot), List.copyOf(replaced));
        }

        private int counted(List<Count> replaced) {
            List<Instant> left = new ArrayList<>(limit);
            replaced.stream().filter(count -> limitKey.equals(count.limitKey)).forEach(count -> left.remove(count.limit));
            return left.size();
        }

        /**
         * That of the first it takes the place of, so that a stream of events does not put a build off for ever. Else a start begins when
         * the one that is {@code starts} before it is a period old.
         */
        private Instant slot(List<Count> replaced) {
            int starts = rules.rateLimit().starts();
            Instant free = slots.size() < starts ? now : slots.get(slots.size() - starts).plus(rules.rateLimit().period());
            return replaced.stream()
                    .map(Count::slot)
                    .filter(slot -> slot != null)
                    .min(Instant::compareTo)
                    .orElse(free.isAfter(now) ? free : now);
        }
    }

    /** @param sensor tells it from all others */
    public synchronized Window look(String sensor, Start start, Instant at) {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        StartRules rules = start.rules();
        String key = start.keys().limit() == null ? "" : Digest.of(start.keys().limit());
        String limitKey = sensor + SEPARATOR + key;
        return new Window(
                sensor,
                rules,
                limitKey,
                rules.limit() == null ? List.of() : within(LIMIT, limitKey, now.minus(rules.limit().period())),
                rules.rateLimit() == null ? List.of() : within(RATE, sensor, now.minus(rules.rateLimit().period())),
                now);
    }

    /** Counts a start that was made. On disk when this returns. */
    public synchronized void count(Window window, Turn turn) {
        StartRules rules = window.rules;
        if (rules.limit() != null) {
            Instant from = window.now.minus(rules.limit().period());
            turn.replaced.stream()
                    .filter(count -> count.limitKey != null)
                    .forEach(count -> change(LIMIT, count.limitKey, from, count.limit, null));
            change(LIMIT, window.limitKey, from, null, turn.count.limit);
        }
        if (rules.rateLimit() != null) {
            Instant from = window.now.minus(rules.rateLimit().period());
            turn.replaced.forEach(count -> change(RATE, window.sensor, from, count.slot, null));
            change(RATE, window.sensor, from, null, turn.count.slot);
        }
        if (rules.limit() != null || rules.rateLimit() != null) {
            state.save();
        }
    }

    private void change(String map, String key, Instant from, Instant gone, Instant added) {
        List<Instant> starts = within(map, key, from);
        starts.remove(gone);
        if (added != null) {
            starts.add(added);
        }
        if (starts.isEmpty()) {
            state.map(map).remove(key);
        } else {
            state.map(map)
                    .put(key, starts.stream().sorted().map(start -> Long.toString(start.toEpochMilli())).collect(Collectors.joining(" ")));
        }
    }

    /** Oldest first. */
    private List<Instant> within(String map, String key, Instant from) {
        String text = state.map(map).getOrDefault(key, "");
        return Arrays.stream(text.split(" "))
                .filter(number -> !number.isEmpty())
                .map(number -> Instant.ofEpochMilli(Long.parseLong(number)))
                .filter(instant -> instant.isAfter(from))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Removes what counts no more.
     *
     * @param longest of all periods that are in use
     */
    public synchronized void prune(Instant now, Duration longest) {
        boolean pruned = false;
        for (String name : List.of(LIMIT, RATE)) {
            for (String key : List.copyOf(state.map(name).keySet())) {
                if (within(name, key, now.minus(longest)).isEmpty()) {
                    state.map(name).remove(key);
                    pruned = true;
                }
            }
        }
        if (pruned) {
            state.save();
        }
    }
}
