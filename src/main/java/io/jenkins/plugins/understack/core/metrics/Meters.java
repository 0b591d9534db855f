package io.jenkins.plugins.understack.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The meters of one thing, which go together. Thread-safe. */
final class Meters {
    private final List<Meter> all = new ArrayList<>();
    private MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param values of the metric's tags, in their order */
    synchronized Counter counter(Metric metric, String... values) {
        return own(Counter.builder(metric.key()).tags(tags(metric, values)).register(registry));
    }

    synchronized Timer timer(Metric metric, String... values) {
        return own(Timer.builder(metric.key()).tags(tags(metric, values)).register(registry));
    }

    /** @param value asked by any thread; not a number where it throws */
    synchronized void gauge(Metric metric, Supplier<Number> value, String... values) {
        own(Gauge.builder(metric.key(), () -> orNone(value)).tags(tags(metric, values)).register(registry));
    }

    /** Not every exporter bears with a gauge that throws. */
    private static Number orNone(Supplier<Number> value) {
        try {
            return value.get();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    private <T extends Meter> T own(T meter) {
        all.add(meter);
        return meter;
    }

    private static Tags tags(Metric metric, String... values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.tags().get(i), values[i]);
        }
        return tags;
    }

    /** As users see it: {@code no-match}. */
    static String label(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Who still counts does so for nobody. */
    synchronized void remove() {
        all.forEach(registry::remove);
        all.clear();
        registry = new SimpleMeterRegistry();
    }
}
