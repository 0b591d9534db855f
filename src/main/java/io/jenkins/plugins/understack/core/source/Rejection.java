package io.jenkins.plugins.understack.core.source;

/** Why a message or request did not become an event, for counting. */
public enum Rejection {
    /** It cannot be read as an event. */
    UNREADABLE,
    TOO_LARGE,
    /** Its handling failed twice. */
    UNHANDLED,
    /** A request with another method than the event's. */
    METHOD,
    UNAUTHENTICATED,
    /** A request that may be sent again soon; messages wait in the broker instead. */
    TOO_MANY,
    /** As {@link #TOO_MANY}, when something has been mended. */
    UNAVAILABLE
}
