package io.jenkins.plugins.understack.core.inbox;

import java.time.Instant;

/**
 * What became of a start that waits no more.
 *
 * @param id of the start
 * @param detail the run, or why there is none; no payload
 */
public record Outcome(String id, String sensor, String job, Kind kind, String detail, Instant time) {
    /** Started: its run exists. Replaced: a newer event took its place. Discarded: by a person. Dropped: by a rule, see the detail. */
    public enum Kind {
        STARTED,
        REPLACED,
        DISCARDED,
        DROPPED
    }
}
