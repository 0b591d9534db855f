package io.jenkins.plugins.understack.core.sensor.correlation;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * The events that have led to a start together with others, so that one that is delivered again does not wait for new ones. An
 * event is known by its id and data: producers send different events with one id.
 */
final class UsedEvents {
    private static final String MAP = "used";

    /** Redeliveries come within minutes; a broker that was away for longer is rare. */
    private static final Duration KEPT = Duration.ofHours(24);

    private final StateStore state;

    UsedEvents(StateStore state) {
        this.state = state;
    }

    boolean contains(String sensor, Event event) {
        return state.map(MAP).get(key(sensor, event)) != null;
    }

    void add(String sensor, Event event, Instant now) {
        state.map(MAP).put(key(sensor, event), Long.toString(now.toEpochMilli()));
    }

    /** Whether there was something to forget. */
    boolean prune(Instant now) {
        long oldest = now.minus(KEPT).toEpochMilli();
        boolean pruned = false;
        for (Map.Entry<String, String> entry : state.map(MAP).entrySet()) {
            if (Long.parseLong(entry.getValue()) < oldest) {
                state.map(MAP).remove(entry.getKey());
                pruned = true;
            }
        }
        return pruned;
    }

    private static String key(String sensor, Event event) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {sensor, event.source(), event.name(), event.id(), event.data().toString()}) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
