package io.jenkins.plugins.understack.core.sensor.correlation;

import io.jenkins.plugins.understack.core.event.Event;
import java.util.Map;

/** The events that wait for others. Read while a sensor decides; {@link Correlator} changes them afterwards. */
@FunctionalInterface
public interface Waiting {
    Waiting NOTHING = (sensor, key) -> Map.of();

    /** The newest event of each dependency, by its name, of those that wait under {@code key}. */
    Map<String, Event> events(String sensor, String key);
}
