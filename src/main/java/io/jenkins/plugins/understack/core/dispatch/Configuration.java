package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.sensor.Origin;
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
                checkDependencies(eventSources, sensors.get(i));
                sensors.get(i).compile();
            } catch (InvalidFieldException e) {
                throw e.within("sensors[" + i + "]");
            }
        }
    }

    /** @throws InvalidFieldException where {@code sensor} depends on a source or event that does not exist */
    public static void checkDependencies(List<EventSource> eventSources, Sensor sensor) {
        for (int i = 0; i < sensor.dependencies().size(); i++) {
            try {
                check(eventSources, sensor.name(), sensor.dependencies().get(i).origin());
            } catch (InvalidFieldException e) {
                throw sensor.dependencies().size() == 1 ? e : e.within("dependencies[" + i + "]");
            }
        }
    }

    private static void check(List<EventSource> eventSources, String sensor, Origin origin) {
        EventSource source = eventSources.stream()
                .filter(candidate -> candidate.name().equals(origin.source()))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "source",
                        "sensor \"" + sensor + "\" depends on event source \"" + origin.source() + "\", which does not exist; expected one of "
                                + eventSources.stream().map(EventSource::name).toList()));
        if (!source.eventNames().contains(origin.event())) {
            throw new InvalidFieldException(
                    "event",
                    "sensor \"" + sensor + "\" depends on event \"" + origin.event() + "\", which source \"" + origin.source()
                            + "\" does not have; expected one of " + source.eventNames());
        }
    }
}
