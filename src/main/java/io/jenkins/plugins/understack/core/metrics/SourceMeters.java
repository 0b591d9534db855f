package io.jenkins.plugins.understack.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is measured of a source from when it is set to work until it is closed. Thread-safe. */
public final class SourceMeters {
    private final Meters meters;
    private final String source;
    private final Map<String, OfEvent> events = new ConcurrentHashMap<>();
    private final Rate rate = new Rate();

    SourceMeters(MeterRegistry registry, String source) {
        this.meters = new Meters(registry);
        this.source = source;
    }

    private record OfEvent(Counter sent, Timer duration, Counter duplicates, KindCounters failed) {}

    private OfEvent of(String event) {
        OfEvent found = events.get(event);
        return found != null ? found : events.computeIfAbsent(event, this::make);
    }

    private OfEvent make(String event) {
        return new OfEvent(
                meters.counter(Metric.EVENTS_SENT, source, event),
                meters.timer(Metric.EVENT_PROCESSING_DURATION, source, event),
                meters.counter(Metric.EVENTS_DUPLICATE, source, event),
                new KindCounters(reason -> meters.counter(Metric.EVENTS_PROCESSING_FAILED, source, event, reason)));
    }

    /** So that its counters are there before anything is counted. */
    public void expect(String event) {
        of(event);
    }

    /** @param took from when it came in until it was safe */
    public void sent(String event, Duration took) {
        OfEvent meter = of(event);
        meter.sent.increment();
        meter.duration.record(took);
    }

    public void failed(String event, Enum<?> reason) {
        of(event).failed.count(reason);
    }

    void duplicate(String event) {
        of(event).duplicates.increment();
    }

    /** How many events. */
    public long sent() {
        return Math.round(events.values().stream().mapToDouble(event -> event.sent.count()).sum());
    }

    /** How many messages and requests. */
    public long failed() {
        return Math.round(events.values().stream().mapToDouble(event -> event.failed.total()).sum());
    }

    /** @param value asked by any thread */
    public void running(Supplier<Number> value) {
        meters.gauge(Metric.EVENT_SERVICE_RUNNING, value, source);
    }

    /** @param value as {@link #running} */
    public void unacknowledged(Supplier<Number> value) {
        meters.gauge(Metric.EVENTS_UNACKNOWLEDGED, value, source);
    }

    /** @param current as {@link #running} */
    public <E extends Enum<E>> void state(E[] states, Supplier<E> current) {
        for (E state : states) {
            meters.gauge(Metric.EVENTSOURCE_STATE, () -> current.get() == state ? 1 : 0, source, Meters.label(state));
        }
    }

    void sample(Instant now) {
        rate.sample(now, sent());
    }

    /** Events in the last minute. */
    public double perMinute(Instant now) {
        return rate.perMinute(now, sent(), Rate.MINUTE);
    }

    /** Events a minute, in the last quarter of an hour. */
    public double perMinuteOfQuarterHour(Instant now) {
        return rate.perMinute(now, sent(), Rate.QUARTER_HOUR);
    }

    void remove() {
        meters.remove();
    }
}
