package io.jenkins.plugins.understack.core.inbox;

import java.time.Instant;

/**
 * What could not be handled, kept for a person.
 *
 * @param id of the start, or of the same shape
 * @param eventId null where the message has none
 * @param sensor null for a message that is no event
 * @param job null where there is no start
 * @param reason a sentence without payload
 * @param attempts how often it was tried
 */
public record DeadLetter(
        String id,
        Kind kind,
        Instant time,
        String source,
        String event,
        String eventId,
        String sensor,
        String job,
        String reason,
        int attempts) {
    /** Start: it was refused for good. Decision: a sensor failed for the event. Message: it cannot be read as an event. */
    public enum Kind {
        START,
        DECISION,
        MESSAGE
    }
}
