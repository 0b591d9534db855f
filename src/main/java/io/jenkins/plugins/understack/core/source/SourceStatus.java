package io.jenkins.plugins.understack.core.source;

import java.time.Instant;
import java.util.List;

/**
 * A source at one moment.
 *
 * @param since when it came into this state
 * @param problem why it is busy or down, or null
 * @param lastError when and why it was last down, or null
 * @param received events taken over since it was started
 * @param rejected messages and requests refused since it was started
 * @param perMinute events taken over in the last minute
 * @param perMinuteOfQuarterHour events a minute, in the last quarter of an hour
 * @param lastEvent when the last event was received, or null
 * @param lastRejection when and why a message or request was last refused, or null
 * @param running of how many of its events something can come in
 * @param consumers those it has at a broker
 */
public record SourceStatus(
        String name,
        String kind,
        State state,
        Instant since,
        String problem,
        String lastError,
        long received,
        long rejected,
        double perMinute,
        double perMinuteOfQuarterHour,
        Instant lastEvent,
        String lastRejection,
        int running,
        List<Consumer> consumers) {
    public SourceStatus {
        consumers = List.copyOf(consumers);
    }

    /** Whether events can come in. */
    public enum State {
        STARTING,
        UP,
        /** Connected, but takes no messages for now, because there are too many already; or the broker takes none. */
        BUSY,
        DOWN
    }

    /**
     * One that the broker sends messages to.
     *
     * @param tag by which the broker knows it
     * @param unacknowledged messages that were received and are not answered yet
     */
    public record Consumer(String event, String queue, String tag, int unacknowledged) {}

    /** Messages that were received and are not answered yet. */
    public int unacknowledged() {
        return consumers.stream().mapToInt(Consumer::unacknowledged).sum();
    }
}
