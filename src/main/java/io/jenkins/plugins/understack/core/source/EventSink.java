package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.event.Event;

/** Takes over the responsibility for an event. Called by many threads at once. */
@FunctionalInterface
public interface EventSink {
    /**
     * Returns when the event is safe: only then may the source acknowledge it.
     *
     * @throws EventNotAcceptedException when it is not; the source keeps the event where it came from
     */
    void accept(Event event) throws EventNotAcceptedException;
}
