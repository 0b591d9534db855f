package io.jenkins.plugins.understack.workbench.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the demo shall show; each is waited for, and what did not come is told at the end. Used by one thread. */
final class Expectations {
    private record Expectation(String what, BooleanSupplier met) {}

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final List<Expectation> all = new ArrayList<>();

    void add(String what, BooleanSupplier met) {
        all.add(new Expectation(what, met));
    }

    /**
     * Waits until all are met.
     *
     * @return those that were not met in time
     */
    List<String> await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!unmet().isEmpty()) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            // Nobody tells of every change, so it is looked at anew from time to time.
            Thread.sleep(Math.min(millis, LOOK_AGAIN.toMillis()));
        }
        return unmet();
    }

    private List<String> unmet() {
        return all.stream().filter(e -> !e.met.getAsBoolean()).map(Expectation::what).toList();
    }
}
