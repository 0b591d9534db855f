package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.sensor.Start;
import java.time.Instant;

/**
 * A start from the moment a sensor decided on it until its run exists.
 *
 * @param id unique in this inbox, and in the order of events: {@link Ids}
 * @param source name of the event source
 * @param event name of the event within the source
 * @param eventId the identity of the event
 * @param since when the event was accepted, or replayed
 * @param attempts how often it was tried and refused, as far as refusals of that kind count
 * @param notBefore when it is tried again; null for at once
 * @param reason why it was refused last, or null; a sentence without payload
 * @param published when the event was published; null where it is replayed
 * @param start what is to be started; null in a dead letter of a sensor that failed
 */
public record PendingStart(
        String id,
        String source,
        String event,
        String eventId,
        String sensor,
        Instant since,
        int attempts,
        Instant notBefore,
        String reason,
        Instant published,
        Start start) {
    PendingStart tried(int newAttempts, Instant when, String why) {
        return new PendingStart(id, source, event, eventId, sensor, since, newAttempts, when, why, published, start);
    }

    /** When somebody began to wait for it. */
    public Instant wantedSince() {
        return published == null ? since : published;
    }

    /** Number of the event in the inbox. */
    public String number() {
        return Ids.number(id);
    }

    /** Attributes only. */
    @Override
    public String toString() {
        return "start " + id + " of " + (start == null ? "nothing" : start.job()) + " by sensor " + sensor + " for event " + eventId;
    }
}
