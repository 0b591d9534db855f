package io.jenkins.plugins.understack.core.http;

import java.time.Duration;

/** Waits; tests put a clock in its place. */
@FunctionalInterface
public interface Sleeper {
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis());

    void sleep(Duration duration) throws InterruptedException;
}
