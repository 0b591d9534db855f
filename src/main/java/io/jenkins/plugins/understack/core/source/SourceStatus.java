package io.jenkins.plugins.understack.core.source;

import java.time.Instant;

/**
 * A source at one moment.
 *
 * @param since when it came into this state
 * @param problem why it is busy or down, or null
 * @param received events taken over since it was started
 * @param rejected messages and requests refused since it was started
 * @param lastEvent when the last event was received, or null
 * @param lastRejection when and why a message or request was last refused, or null
 */
public record SourceStatus(
        String name,
        String kind,
        State state,
        Instant since,
        String problem,
        long received,
        long rejected,
        Instant lastEvent,
        String lastRejection) {
    /** Whether events can come in. */
    public enum State {
        STARTING,
        UP,
        /** Connected, but takes no messages for now, because there are too many already; or the broker takes none. */
        BUSY,
        DOWN
    }
}
