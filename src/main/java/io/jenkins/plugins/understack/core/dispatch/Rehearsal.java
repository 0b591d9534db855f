package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows events to sensors as the {@link Dispatcher} would, one after the other, and remembers what waits for others. Nothing is started,
 * logged or kept. When builds begin (limits, delays, approval) is not rehearsed. Used by one thread.
 */
public final class Rehearsal {
    private final List<SensorProgram> programs;
    private final Map<String, Sensor> sensors;
    private final Correlator correlator = new Correlator(new MemoryStateStore());

    /** @throws io.jenkins.plugins.understack.core.InvalidFieldException where a sensor cannot be compiled */
    public Rehearsal(List<Sensor> sensors) {
        programs = sensors.stream().map(Sensor::compile).toList();
        this.sensors = sensors.stream()
                .filter(sensor -> sensor.dependencies().size() > 1)
                .collect(Collectors.toMap(Sensor::name, sensor -> sensor, (one, other) -> one));
    }

    /**
     * The decisions of the sensors that depend on this event, in the order of the sensors.
     *
     * @param event not older than the one before
     */
    public List<Decision> show(Event event) {
        correlator.expire(name -> sensors.containsKey(name) ? sensors.get(name).awaited(event.time()) : null);
        Evaluation evaluation = new Evaluation(event, correlator);
        List<Decision> decisions = new ArrayList<>();
        for (SensorProgram program : programs) {
            if (program.sensor().dependencies().stream().anyMatch(dependency -> dependency.origin().equals(Origin.of(event)))) {
                decisions.add(remember(event, program.decide(evaluation)));
            }
        }
        return decisions;
    }

    private Decision remember(Event event, Decision decision) {
        if (decision.verdict() == Decision.Verdict.WAITING) {
            correlator.keep(decision.sensor(), decision.join(), event);
        } else if (decision.join() != null) {
            correlator.release(decision.sensor(), decision.join());
        }
        return decision;
    }
}
