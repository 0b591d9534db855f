package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.util.List;

/**
 * Everything under {@code unclassified: understack:}, the same in Jenkins (form, JCasC) and in the workbench.
 *
 * @param nautobot null when none is configured
 */
public record Configuration(List<EventSource> eventSources, List<Sensor> sensors, NautobotSettings nautobot) {
    public Configuration {
        eventSources = List.copyOf(eventSources);
        sensors = List.copyOf(sensors);
        Fields.unique("eventSources", eventSources, EventSource::name);
        Fields.unique("sensors", sensors, Sensor::name);
        for (int i = 0; i < sensors.size(); i++) {
            try {
                checkDependency(eventSources, sensors.get(i));
                sensors.get(i).compile();
            } catch (InvalidFieldException e) {
                throw e.within("sensors[" + i + "]");
            }
        }
    }

    /** @throws InvalidFieldException where {@code sensor} depends on a source or event that does not exist */
    public static void checkDependency(List<EventSource> eventSources, Sensor sensor) {
        String wanted = sensor.dependency().source();
        EventSource source = eventSources.stream()
                .filter(candidate -> candidate.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "source",
                        "sensor \"" + sensor.name() + "\" depends on event source \"" + wanted + "\", which does not exist; expected one of "
                                + eventSources.stream().map(EventSource::name).toList()));
        String event = sensor.dependency().event();
        if (!source.eventNames().contains(event)) {
            throw new InvalidFieldException(
                    "event",
                    "sensor \"" + sensor.name() + "\" depends on event \"" + event + "\", which source \"" + wanted
                            + "\" does not have; expected one of " + source.eventNames());
        }
    }
}
