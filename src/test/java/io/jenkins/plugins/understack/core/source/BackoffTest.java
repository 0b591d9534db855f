package io.jenkins.plugins.understack.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {
    private long now = Long.MAX_VALUE - 1;
    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(1), () -> now);

    @RepeatedTest(20)
    void growsWithJitterUpToItsLimit() {
        assertWaits(1, 2, 4, 5, 5);
    }

    @RepeatedTest(20)
    void beginsAnewOnlyAfterHavingBeenUpForAWhile() {
        assertWaits(1);
        backoff.up();
        later(59);
        assertWaits(2, 4);
        backoff.up();
        later(60);
        assertWaits(1, 2);
    }

    @RepeatedTest(20)
    void whatWasUpBeforeItWentDownDoesNotCountAgain() {
        assertWaits(1, 2);
        backoff.up();
        backoff.down();
        later(60);
        assertWaits(4);
        backoff.up();
        later(60);
        backoff.down();
        backoff.up();
        assertWaits(1);
    }

    private void later(int seconds) {
        // Over the end of long on purpose: System.nanoTime may be anywhere.
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void assertWaits(int... ceilings) {
        for (int seconds : ceilings) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(seconds * 500L), Duration.ofSeconds(seconds));
        }
    }
}
