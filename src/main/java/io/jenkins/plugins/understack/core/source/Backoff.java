package io.jenkins.plugins.understack.core.source;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Growing random waits ("full jitter"), so that many clients of a broker that comes back do not arrive at once. Not
 * thread-safe.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration ceiling;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.ceiling = first;
    }

    /** Between half and all of a ceiling that doubles with each call, up to the longest wait. */
    public Duration next() {
        long millis = ceiling.toMillis();
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }

    public void reset() {
        ceiling = first;
    }
}
