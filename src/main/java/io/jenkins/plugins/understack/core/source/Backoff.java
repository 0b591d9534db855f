package io.jenkins.plugins.understack.core.source;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Growing random waits ("full jitter"), so that many clients of a broker that comes back do not arrive at once. They begin
 * anew only after what is retried has worked for a while: something that opens well and fails at once must not be retried in
 * a loop. Not thread-safe.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final Duration steady;
    private final LongSupplier nanoTime;
    private Duration ceiling;
    private Long upSince;

    /**
     * @param steady how long it must have been up until the waits begin anew
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Backoff(Duration first, Duration longest, Duration steady, LongSupplier nanoTime) {
        this.first = first;
        this.longest = longest;
        this.steady = steady;
        this.nanoTime = nanoTime;
        this.ceiling = first;
    }

    /** From now on it works. */
    public void up() {
        upSince = nanoTime.getAsLong();
    }

    /** It does not work, or no longer. Does nothing when that is known. */
    public void down() {
        if (upSince != null && nanoTime.getAsLong() - upSince >= steady.toNanos()) {
            ceiling = first;
        }
        upSince = null;
    }

    /** After a failure: between half and all of a ceiling that doubles with each call, up to the longest wait. */
    public Duration next() {
        down();
        long millis = ceiling.toMillis();
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
