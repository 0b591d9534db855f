package io.jenkins.plugins.understack.core.dispatch;

import java.time.Duration;

/** How often and how long a start is tried again. Waits double from the first to the longest. */
public enum RetryRule {
    /** Jenkins is about to shut down: soon, and for ever. */
    NOT_READY(Duration.ofSeconds(5), Duration.ofSeconds(5), Integer.MAX_VALUE),
    /** A person has disabled the job, and will hardly leave it so: for about a day. */
    DISABLED(Duration.ofSeconds(10), Duration.ofMinutes(10), 150),
    /** A plugin of Jenkins has vetoed it: for about an hour. */
    VETOED(Duration.ofSeconds(5), Duration.ofMinutes(5), 17),
    /** A mistake, perhaps of the moment: for about ten minutes. */
    FAILED(Duration.ofSeconds(1), Duration.ofMinutes(5), 9);

    private final Duration first;
    private final Duration longest;
    private final int attempts;

    RetryRule(Duration first, Duration longest, int attempts) {
        this.first = first;
        this.longest = longest;
        this.attempts = attempts;
    }

    /** Whether a refusal is an attempt that failed: not where nothing was wrong with the start. */
    boolean counts() {
        return this != NOT_READY;
    }

    /** @param attempt the one that has failed, from 1 */
    Duration wait(int attempt) {
        Duration wait = first.multipliedBy(1L << Math.max(0, Math.min(attempt - 1, 20)));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    boolean isOver(int attempt) {
        return attempt >= attempts;
    }
}
