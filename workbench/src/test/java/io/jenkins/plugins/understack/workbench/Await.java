package io.jenkins.plugins.understack.workbench;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something that happens elsewhere, and fails with what it was when it does not. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + LIMIT.toSeconds() + " s: " + what);
            }
            Thread.sleep(10);
        }
    }
}
