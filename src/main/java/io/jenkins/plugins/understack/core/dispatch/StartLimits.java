package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts starts for {@code limit} and {@code rateLimit}, through restarts. Thread-safe. A start is counted when it is decided on,
 * whether or not it was held.
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
     * What the rules say about one more start.
     *
     * @param exceeded whether {@code limit} is exceeded, so that the start has to be approved
     * @param delay until {@code rateLimit} lets it begin
     */
    public record Turn(boolean exceeded, Duration delay) {
        static final Turn FREE = new Turn(false, Duration.ZERO);
    }

    /** Counts a start that is about to be made, and says when it may begin. On disk when this returns. */
    public synchronized Turn take(String sensor, Start start, Instant now) {
        StartRules rules = start.rules();
        if (rules.limit() == null && rules.rateLimit() == null) {
            return Turn.FREE;
        }
        boolean exceeded = rules.limit() != null && isExceeded(sensor, start, now);
        Duration wait = rules.rateLimit() == null ? Duration.ZERO : wait(sensor, rules.rateLimit(), now);
        state.save();
        return new Turn(exceeded, wait);
    }

    private boolean isExceeded(String sensor, Start start, Instant now) {
        StartRules.Limit limit = start.rules().limit();
        String key = sensor + SEPARATOR + (start.keys().limit() == null ? "" : start.keys().limit());
        List<Instant> starts = within(LIMIT, key, now.minus(limit.period()));
        if (starts.size() >= limit.starts()) {
            return true;
        }
        starts.add(now);
        write(LIMIT, key, starts);
        return false;
    }

    /** A start begins when the one that is {@code starts} before it is a period old. */
    private Duration wait(String sensor, StartRules.RateLimit limit, Instant now) {
        List<Instant> starts = within(RATE, sensor, now.minus(limit.period()));
        Instant begin = now;
        if (starts.size() >= limit.starts()) {
            Instant free = starts.get(starts.size() - limit.starts()).plus(limit.period());
            begin = free.isAfter(now) ? free : now;
        }
        starts.add(begin);
        write(RATE, sensor, starts);
        return Duration.between(now, begin);
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

    private void write(String map, String key, List<Instant> starts) {
        state.map(map).put(key, starts.stream().map(instant -> Long.toString(instant.toEpochMilli())).collect(Collectors.joining(" ")));
    }

    /**
     * Removes what counts no more.
     *
     * @param longest of all periods that are in use
     */
    public synchronized void prune(Instant now, Duration longest) {
        boolean pruned = false;
        for (String name : List.of(LIMIT, RATE)) {
            pruned |= state.map(name).keySet().removeIf(key -> within(name, key, now.minus(longest)).isEmpty());
        }
        if (pruned) {
            state.save();
        }
    }
}
