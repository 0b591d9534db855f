package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.event.Event;

/** A sensor with its programs, expressions and paths compiled once. Thread-safe; decides without side effects. */
public interface SensorProgram {
    Sensor sensor();

    /** Never throws: what cannot be evaluated is a decision with verdict ERROR. */
    Decision decide(Event event);
}
