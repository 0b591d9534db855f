package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.time.Instant;

/**
 * What the starter keeps in memory of a start.
 *
 * @param sensor its identity: a trigger and a sensor of the central list may have one name
 * @param key what must stay in order, or null
 * @param due when it may be tried
 */
record Ticket(String id, String sensor, String source, String key, Instant due) {
    static Ticket of(PendingStart start) {
        String key = start.start().keys().serialize() != null ? start.start().keys().serialize() : start.start().keys().coalesce();
        return new Ticket(start.id(), start.start().sensorIdentity(start.sensor()), start.source(), key, start.notBefore() == null ? Instant.MIN : start.notBefore());
    }

    Ticket dueAt(Instant when) {
        return new Ticket(id, sensor, source, key, when);
    }
}
