package io.jenkins.plugins.understack.core.broker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits until something is so, and fails with what it was instead when that takes too long. */
public final class Await {
    /** Long enough for waits that grow to a minute, on a machine that has other work. */
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private Await() {}

    public static <T> T until(Callable<T> value, Predicate<T> condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            T now;
            try {
                now = value.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            if (condition.test(now)) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + now + " after " + LONGEST.toSeconds() + " s");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
