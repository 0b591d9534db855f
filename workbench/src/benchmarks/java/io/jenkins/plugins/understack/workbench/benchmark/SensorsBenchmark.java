package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.amqp.Messages;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Clock;
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

/** From the bytes of a message to the decisions of all sensors, on one thread. A start costs nothing here. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SensorsBenchmark {
    @Param
    public Sensors.Language language;

    @Param
    public Sensors.Placement placement;

    private final SensorIndex index = new SensorIndex();
    private final Dispatcher dispatcher = new Dispatcher(
            index,
            new Correlator(new MemoryStateStore()),
            new Inbox(new MemoryStateStore(), () -> InboxSettings.DEFAULT, source -> false, null, Clock.systemUTC()),
            event -> {},
            (event, decisions) -> {});
    private Messages messages;

    @Setup
    public void setUp() throws Exception {
        messages = new Messages(language != Sensors.Language.ARGO);
        for (Sensor sensor : Sensors.of(language, placement)) {
            index.put(sensor.name(), sensor.compile());
        }
        List<Decision> decisions = decide();
        long matches = decisions.stream().filter(decision -> decision.verdict() == Verdict.MATCH).count();
        if (matches != (placement == Sensors.Placement.ALL ? 3 : 1)) {
            throw new IllegalStateException("found " + matches + " matches: " + decisions.stream().map(Decision::verdict).toList());
        }
    }

    @Benchmark
    public List<Decision> decide() throws Exception {
        return dispatcher.decide(messages.read());
    }
}
