package io.jenkins.plugins.understack.core.source;

/** A source at work: {@link EventSource} is what it shall do. */
public interface EventReceiver extends AutoCloseable {
    EventSource source();

    SourceStatus status();

    /** Stops taking events. What is not acknowledged stays with the broker or the caller. Waits a few seconds at most. */
    @Override
    void close();
}
