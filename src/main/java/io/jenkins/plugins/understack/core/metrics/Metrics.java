package io.jenkins.plugins.understack.core.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All that is measured in one installation; meters of what is gone go too. Thread-safe. */
public final class Metrics {
    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final Meters own = new Meters(registry);
    private final Map<String, SourceMeters> sources = new ConcurrentHashMap<>();
    private final Map<String, SensorMeters> sensors = new ConcurrentHashMap<>();

    public Metrics() {
        registry.add(new SimpleMeterRegistry());
    }

    /** @param other gets all meters, until {@link #endExport}; what was counted before is not in it */
    public void export(MeterRegistry other) {
        registry.add(other);
    }

    public void endExport(MeterRegistry other) {
        registry.remove(other);
    }

    /** Those of a source that is set to work; those of an earlier source of this name are gone with that. */
    public SourceMeters source(String name) {
        removeSource(name);
        SourceMeters meters = new SourceMeters(registry, name);
        sources.put(name, meters);
        return meters;
    }

    public void removeSource(String name) {
        SourceMeters old = sources.remove(name);
        if (old != null) {
            old.remove();
        }
    }

    /** An event came that was accepted before. */
    public void duplicate(String source, String event) {
        SourceMeters meters = sources.get(source);
        if (meters != null) {
            meters.duplicate(event);
        }
    }

    /** Those of the sensor with this name. */
    public SensorMeters sensor(String name) {
        SensorMeters found = sensors.get(name);
        return found != null ? found : sensors.computeIfAbsent(name, first -> new SensorMeters(registry, first));
    }

    /** Since this process began; {@link LastTimes} knows more. */
    public SensorFigures figures(String sensor) {
        SensorMeters meters = sensors.get(sensor);
        return meters == null ? SensorFigures.NONE : meters.figures();
    }

    /**
     * To be called every few seconds: rates are counted from call to call.
     *
     * @param names of all sensors there are; what was measured of others goes
     */
    public void tick(Instant now, Collection<String> names) {
        sources.values().forEach(source -> source.sample(now));
        Set<String> left = Set.copyOf(names);
        for (Map.Entry<String, SensorMeters> entry : sensors.entrySet()) {
            if (!left.contains(entry.getKey()) && sensors.remove(entry.getKey(), entry.getValue())) {
                entry.getValue().remove();
            }
        }
    }

    /** @param value asked by any thread; not a number where it throws */
    public void gauge(Metric metric, Supplier<Number> value) {
        own.gauge(metric, value);
    }
}
