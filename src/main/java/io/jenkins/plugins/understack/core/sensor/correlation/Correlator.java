package io.jenkins.plugins.understack.core.sensor.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the events that wait for others, through restarts. Thread-safe. To be changed within
 * {@link StateStore#write}.
 *
 * <p>For each sensor, key and dependency the newest event is kept, as in Argo Events.
 */
public final class Correlator implements Waiting {
    private static final Logger LOGGER = Logger.getLogger(Correlator.class.getName());
    private static final String MAP = "correlation";
    private static final String SEPARATOR = "\n";

    private final StateStore state;
    private final UnaryOperator<Event> seal;
    private final UnaryOperator<Event> open;

    public Correlator(StateStore state) {
        this(state, event -> event, event -> event);
    }

    /**
     * @param seal what is kept of an event, such as encrypted data
     * @param open the opposite
     */
    public Correlator(StateStore state, UnaryOperator<Event> seal, UnaryOperator<Event> open) {
        this.state = state;
        this.seal = seal;
        this.open = open;
    }

    /** An event that did not find its others in time. */
    public record Expired(String sensor, String key, String dependency, Event event) {}

    /**
     * What a sensor waits for.
     *
     * @param dependencies their names; none for a sensor that needs one event only
     * @param cutoff events that came before do not wait any more
     */
    public record Awaited(Set<String> dependencies, Instant cutoff) {
        static final Awaited NOTHING = new Awaited(Set.of(), Instant.MIN);

        boolean isOver(String dependency, Instant since) {
            return since.isBefore(cutoff) || !dependencies.contains(dependency);
        }
    }

    @Override
    public synchronized Map<String, Event> events(String sensor, String key) {
        return read(sensor + SEPARATOR + key);
    }

    /** The event waits from now on. */
    public synchronized void keep(String sensor, Join join, Event event) {
        Map<String, Event> events = new LinkedHashMap<>(events(sensor, join.key()));
        join.dependencies().forEach(dependency -> events.put(dependency, event));
        write(sensor + SEPARATOR + join.key(), events);
    }

    /** What waited under this key has led to a start, and is used up. */
    public synchronized void release(String sensor, Join join) {
        state.map(MAP).remove(sensor + SEPARATOR + join.key());
    }

    /**
     * Drops what has waited too long, and what waits for a dependency or sensor that is not there any more.
     *
     * @param sensors by name; null for one that is not there
     */
    public synchronized List<Expired> expire(Function<String, Awaited> sensors) {
        List<Expired> expired = new ArrayList<>();
        for (Map.Entry<String, String> entry : state.map(MAP).entrySet()) {
            String[] place = entry.getKey().split(SEPARATOR, 2);
            Awaited found = sensors.apply(place[0]);
            Awaited awaited = found == null ? Awaited.NOTHING : found;
            if (WaitingText.mayBeOver(entry.getValue(), awaited)) {
                Map<String, Event> events = new LinkedHashMap<>(read(entry.getKey()));
                events.entrySet().removeIf(waiting -> {
                    boolean over = awaited.isOver(waiting.getKey(), waiting.getValue().time());
                    if (over) {
                        expired.add(new Expired(place[0], place[1], waiting.getKey(), waiting.getValue()));
                    }
                    return over;
                });
                write(entry.getKey(), events);
            }
        }
        if (!expired.isEmpty()) {
            state.save();
        }
        return expired;
    }

    private void write(String place, Map<String, Event> events) {
        if (events.isEmpty()) {
            state.map(MAP).remove(place);
        } else {
            Map<String, Event> sealed = new LinkedHashMap<>(events);
            sealed.replaceAll((dependency, event) -> seal.apply(event));
            state.map(MAP).put(place, WaitingText.write(sealed));
        }
    }

    private Map<String, Event> read(String place) {
        String text = state.map(MAP).get(place);
        try {
            if (text == null) {
                return Map.of();
            }
            Map<String, Event> events = WaitingText.read(text);
            events.replaceAll((dependency, event) -> open.apply(event));
            return events;
        } catch (JsonProcessingException | RuntimeException e) {
            // One entry that cannot be read must not keep all others from working.
            LOGGER.log(Level.SEVERE, e, () -> "what waits for sensor \"" + place.split(SEPARATOR, 2)[0] + "\" cannot be read and is dropped");
            state.map(MAP).remove(place);
            return Map.of();
        }
    }
}
