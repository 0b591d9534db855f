package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.amqp.Messages;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event that was read already, one sensor on it, and many sensors on other events. Many short measurements in several processes:
 * other work on the machine lengthens some of them, and the median is of those that it leaves alone.
 */
@State(Scope.Thread)
@Fork(value = 5, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {
    @Param({"10", "10000"})
    public int sensors;

    private final SensorIndex index = new SensorIndex();
    private final Dispatcher dispatcher = new Dispatcher(
            index,
            new Correlator(new MemoryStateStore()),
            new Inbox(new MemoryStateStore(), () -> InboxSettings.DEFAULT, source -> false, null, Clock.systemUTC()),
            event -> {},
            (event, decisions) -> {});
    private Event event;

    @Setup
    public void setUp() throws Exception {
        event = new Messages(true).read();
        for (int i = 0; i < sensors; i++) {
            Origin origin = i == sensors / 2 ? Sensors.IRONIC : new Origin("source-" + i % 100, "event-" + i);
            List<DataFilter> filters =
                    List.of(new DataFilter("body.event_type", Comparator.IN, List.of("baremetal.port.create.end", "baremetal.port.update.end")));
            Sensor sensor = new Sensor("sensor-" + i, new Dependency(null, origin, null, null, filters, null, null), "job", List.of());
            index.put(sensor.name(), sensor.compile());
        }
    }

    @Benchmark
    public Collection<SensorProgram> find() {
        return index.find(Origin.of(event));
    }

    @Benchmark
    public List<Decision> decide() {
        return dispatcher.decide(event);
    }
}
