package io.jenkins.plugins.understack.core.metrics;

import java.time.Instant;

/**
 * When something last happened to a sensor; null for never.
 *
 * @param lastMatched when it last wanted an event
 * @param lastStarted when a run of its job last began to exist
 * @param lastRun that run
 * @param lastFailed when it could not evaluate an event, or one of its starts was refused for good
 * @param lastDeadLetter id of what is left of that; null where it is not known
 */
public record SensorFigures(Instant lastMatched, Instant lastStarted, String lastRun, Instant lastFailed, String lastDeadLetter) {
    public static final SensorFigures NONE = new SensorFigures(null, null, null, null, null);

    SensorFigures matched(Instant now) {
        return new SensorFigures(now, lastStarted, lastRun, lastFailed, lastDeadLetter);
    }

    SensorFigures started(Instant now, String run) {
        return new SensorFigures(lastMatched, now, run, lastFailed, lastDeadLetter);
    }

    SensorFigures failed(Instant now, String deadLetter) {
        return new SensorFigures(lastMatched, lastStarted, lastRun, now, deadLetter);
    }

    /** What is not known here, from {@code before}. */
    SensorFigures or(SensorFigures before) {
        boolean started = lastStarted != null;
        boolean failed = lastFailed != null;
        return new SensorFigures(
                lastMatched == null ? before.lastMatched : lastMatched,
                started ? lastStarted : before.lastStarted,
                started ? lastRun : before.lastRun,
                failed ? lastFailed : before.lastFailed,
                failed ? lastDeadLetter : before.lastDeadLetter);
    }
}
