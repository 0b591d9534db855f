package io.jenkins.plugins.understack.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a counter has grown, by what it said at earlier moments: those who count pay nothing for it. Thread-safe. */
final class Rate {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private record Sample(Instant time, double count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** To be called every few seconds. */
    synchronized void sample(Instant now, double count) {
        samples.addLast(new Sample(now, count));
        // The first of those that are left is the last one that is old enough.
        while (samples.size() > 1 && second().time.plus(QUARTER_HOUR).compareTo(now) <= 0) {
            samples.removeFirst();
        }
    }

    private Sample second() {
        var all = samples.iterator();
        all.next();
        return all.next();
    }

    /** In the last {@code period}, or a little longer. */
    synchronized double perMinute(Instant now, double count, Duration period) {
        // Where none is so old, all was counted since.
        Sample base = new Sample(now.minus(period), 0);
        for (Sample sample : samples) {
            if (sample.time.plus(period).isAfter(now)) {
                break;
            }
            base = sample;
        }
        Duration since = Duration.between(base.time, now);
        return (count - base.count) * MINUTE.toMillis() / since.toMillis();
    }
}
