package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceRules;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything under {@code unclassified: understack:}, the same in Jenkins (form, JCasC) and in the workbench.
 *
 * @param nautobots null when none is configured
 * @param inbox with the retention of the sources that have one of their own; null for the default
 */
public record Configuration(List<EventSource> eventSources, List<Sensor> sensors, Nautobots nautobots, InboxSettings inbox) {
    public Configuration {
        eventSources = List.copyOf(eventSources);
        sensors = List.copyOf(sensors);
        Fields.unique("eventSources", eventSources, EventSource::name);
        Fields.unique("sensors", sensors, Sensor::name);
        nautobots = nautobots == null ? Nautobots.NONE : nautobots;
        inbox = (inbox == null ? InboxSettings.DEFAULT : inbox)
                .with(eventSources.stream()
                        .filter(source -> source.rules().retention() != null)
                        .collect(Collectors.toMap(EventSource::name, source -> source.rules().retention())));
        for (int i = 0; i < sensors.size(); i++) {
            try {
                checkDependencies(eventSources, sensors.get(i));
                sensors.get(i).compile();
            } catch (InvalidFieldException e) {
                throw e.within("sensors[" + i + "]");
            }
        }
    }

    /** With an inbox as it is by default. */
    public Configuration(List<EventSource> eventSources, List<Sensor> sensors, Nautobots nautobots) {
        this(eventSources, sensors, nautobots, null);
    }

    public boolean hasSource(String name) {
        return eventSources.stream().anyMatch(source -> source.name().equals(name));
    }

    /** Those of a source by its name; none for one that is gone. */
    public SourceRules rulesOf(String source) {
        for (EventSource candidate : eventSources) {
            if (candidate.name().equals(source)) {
                return candidate.rules();
            }
        }
        return SourceRules.NONE;
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
