package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.correlation.Waiting;

/** A sensor with its programs, expressions and paths compiled once. Thread-safe; decides without side effects. */
public interface SensorProgram {
    Sensor sensor();

    /** Never throws: what cannot be evaluated is a decision with verdict ERROR. */
    Decision decide(Evaluation evaluation);

    /** For an event alone, as if no other was waiting. */
    default Decision decide(Event event) {
        return decide(new Evaluation(event, Waiting.NOTHING));
    }
}
