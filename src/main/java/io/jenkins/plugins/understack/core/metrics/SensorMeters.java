package io.jenkins.plugins.understack.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** What is measured of a sensor. Thread-safe. */
public final class SensorMeters {
    private final Meters meters;
    private final String sensor;
    private final KindCounters decisions;
    private final AtomicReference<SensorFigures> figures = new AtomicReference<>(SensorFigures.NONE);
    /** Null until one of its starts is tried: of many sensors none ever is. */
    private volatile OfStarts starts;

    SensorMeters(MeterRegistry registry, String sensor) {
        this.meters = new Meters(registry);
        this.sensor = sensor;
        this.decisions = new KindCounters(verdict -> meters.counter(Metric.SENSOR_DECISIONS, sensor, verdict));
    }

    private record OfStarts(
            Counter triggered,
            Counter dead,
            Timer duration,
            Timer queued,
            Timer started,
            KindCounters retried,
            KindCounters omitted) {}

    private OfStarts starts() {
        OfStarts found = starts;
        if (found == null) {
            synchronized (this) {
                found = starts == null ? make() : starts;
                starts = found;
            }
        }
        return found;
    }

    private OfStarts make() {
        return new OfStarts(
                meters.counter(Metric.ACTION_TRIGGERED, sensor),
                meters.counter(Metric.ACTION_RETRIES_FAILED, sensor),
                meters.timer(Metric.ACTION_DURATION, sensor),
                meters.timer(Metric.ACTION_QUEUED_LATENCY, sensor),
                meters.timer(Metric.ACTION_STARTED_LATENCY, sensor),
                new KindCounters(reason -> meters.counter(Metric.ACTION_RETRIED, sensor, reason)),
                new KindCounters(outcome -> meters.counter(Metric.ACTION_OMITTED, sensor, outcome)));
    }

    public void decided(Enum<?> verdict) {
        decisions.count(verdict);
    }

    /** It wanted an event. */
    public void matched(Instant now) {
        figures.updateAndGet(before -> before.matched(now));
    }

    /** It could not evaluate an event. */
    public void failed(Instant now) {
        figures.updateAndGet(before -> before.failed(now, null));
    }

    /** @param took the attempt, whatever came of it */
    public void tried(Duration took) {
        starts().duration.record(took);
    }

    /** @param since its event was published */
    public void queued(Duration since) {
        starts().queued.record(since);
    }

    /** A run exists. */
    public void triggered(Instant now, String run) {
        starts().triggered.increment();
        figures.updateAndGet(before -> before.started(now, run));
    }

    /** @param since its event was published */
    public void started(Duration since) {
        starts().started.record(since);
    }

    public void retried(Enum<?> reason) {
        starts().retried.count(reason);
    }

    /** @param deadLetter its id */
    public void dead(Instant now, String deadLetter) {
        starts().dead.increment();
        figures.updateAndGet(before -> before.failed(now, deadLetter));
    }

    /** A start will have no run, and that is as it should be. */
    public void omitted(Enum<?> outcome) {
        starts().omitted.count(outcome);
    }

    SensorFigures figures() {
        return figures.get();
    }

    void remove() {
        meters.remove();
    }
}
