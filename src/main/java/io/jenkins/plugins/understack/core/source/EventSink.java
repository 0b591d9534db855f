package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.event.Event;
import java.util.concurrent.CompletableFuture;

/**
 * Takes over the responsibility for an event. Called by many threads at once.
 *
 * <p>What is in a future: nothing, when it is safe; {@link TooManyEventsException} when it may be offered again soon, another
 * {@link EventNotAcceptedException} when something must be mended first; any other exception is a mistake in us that this
 * event brought to light. Dependants of a future run on the thread of the store and must not block.
 */
public interface EventSink {
    /**
     * Decides at once and on the caller's thread, in the order of calls. The future completes when the event is safe: only
     * then may the source acknowledge it. Does not throw.
     *
     * <p>Too many events is best said at once, with a future that has failed already: a source that keeps an order can then
     * hold back this event before it offers the next one.
     */
    CompletableFuture<Void> accept(Event event);

    /** Keeps a message that can never become an event, for a person to look at. Completes as {@link #accept} does. */
    CompletableFuture<Void> bury(UnreadableMessage message);
}
