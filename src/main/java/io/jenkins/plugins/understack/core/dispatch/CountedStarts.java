package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.metrics.SensorMeters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts what becomes of starts. Thread-safe. */
final class CountedStarts {
    private final Metrics metrics;
    private final Clock clock;

    CountedStarts(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    private SensorMeters of(PendingStart start) {
        return metrics.sensor(start.sensor());
    }

    /** @param took the attempt */
    void tried(PendingStart start, StartOutcome outcome, Duration took) {
        of(start).tried(took);
        if (outcome instanceof StartOutcome.Queued || outcome instanceof StartOutcome.Started) {
            of(start).queued(since(start));
        }
        if (outcome instanceof StartOutcome.Started) {
            of(start).started(since(start));
        }
    }

    /** At this moment, after it was queued. */
    void begun(PendingStart start) {
        of(start).started(since(start));
    }

    void settled(PendingStart start, Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.STARTED) {
            of(start).triggered(outcome.time(), outcome.detail());
        } else {
            of(start).omitted(outcome.kind());
        }
    }

    void retried(PendingStart start, RetryRule rule) {
        of(start).retried(rule);
    }

    void dead(PendingStart start) {
        of(start).dead(clock.instant(), start.id());
    }

    private Duration since(PendingStart start) {
        Instant wanted = start.wantedSince();
        Instant now = clock.instant();
        return now.isBefore(wanted) ? Duration.ZERO : Duration.between(wanted, now);
    }
}
