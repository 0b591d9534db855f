package io.jenkins.plugins.understack.core.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One counter for each constant of an enum, made when it is first counted: most never are. Thread-safe. */
final class KindCounters {
    private final Map<Enum<?>, Counter> counters = new ConcurrentHashMap<>();
    private final Function<String, Counter> make;

    /** @param make the counter with this value of its last tag */
    KindCounters(Function<String, Counter> make) {
        this.make = make;
    }

    void count(Enum<?> kind) {
        Counter counter = counters.get(kind);
        if (counter == null) {
            counter = counters.computeIfAbsent(kind, first -> make.apply(Meters.label(first)));
        }
        counter.increment();
    }

    double total() {
        return counters.values().stream().mapToDouble(Counter::count).sum();
    }
}
