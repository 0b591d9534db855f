package io.jenkins.plugins.understack.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void theyOutliveTheProcess(@TempDir Path folder) {
        try (StateStore store = new FileStateStore(folder.resolve("inbox.mv"), Clock.systemUTC())) {
            Metrics metrics = new Metrics();
            metrics.sensor("boot").matched(NOON);
            metrics.sensor("boot").triggered(NOON.plusSeconds(1), "job#1");
            metrics.sensor("power").dead(NOON.plusSeconds(2), "1-0");
            metrics.sensor("idle");
            Map<String, Instant> sources = new HashMap<>(Map.of("nova", NOON.plusSeconds(3)));
            sources.put("ironic", null);
            new LastTimes(metrics, store).save(List.of("boot", "power", "idle"), sources);
        }
        try (StateStore store = new FileStateStore(folder.resolve("inbox.mv"), Clock.systemUTC())) {
            Metrics metrics = new Metrics();
            LastTimes times = new LastTimes(metrics, store);
            assertThat(times.sensor("boot")).isEqualTo(new SensorFigures(NOON, NOON.plusSeconds(1), "job#1", null, null));
            assertThat(times.sensor("power")).isEqualTo(new SensorFigures(null, null, null, NOON.plusSeconds(2), "1-0"));
            assertThat(times.sensor("idle")).isEqualTo(SensorFigures.NONE);
            assertThat(times.source("nova", null)).isEqualTo(NOON.plusSeconds(3));
            assertThat(times.source("ironic", null)).isNull();

            // What happens now is newer; a failure of now has nothing to do with the dead letter of then.
            metrics.sensor("boot").matched(NOON.plusSeconds(9));
            metrics.sensor("power").failed(NOON.plusSeconds(9));
            assertThat(times.sensor("boot").lastMatched()).isEqualTo(NOON.plusSeconds(9));
            assertThat(times.sensor("boot").lastRun()).isEqualTo("job#1");
            assertThat(times.sensor("power").lastDeadLetter()).isNull();
            assertThat(times.source("nova", NOON.plusSeconds(9))).isEqualTo(NOON.plusSeconds(9));
        }
    }

    @Test
    void whatHasNotChangedIsNotWrittenAndWhatIsGoneIsForgotten() {
        MemoryStateStore memory = new MemoryStateStore();
        int[] writes = {0};
        StateStore store = new CountingStore(memory, () -> writes[0]++);
        Metrics metrics = new Metrics();
        LastTimes times = new LastTimes(metrics, store);
        metrics.sensor("boot").matched(NOON);

        times.save(List.of("boot"), Map.of("nova", NOON));
        times.save(List.of("boot"), Map.of("nova", NOON));
        assertThat(writes[0]).isEqualTo(1);

        times.save(List.of("other"), Map.of());
        assertThat(memory.map("sensorTimes")).as("it may be stopped and started again").containsKey("boot");
        times.save(List.of("boot"), Map.of("nova", NOON));
        times.save(List.of("other"), Map.of());
        assertThat(writes[0]).isEqualTo(1);
        times.save(List.of("other"), Map.of());
        assertThat(writes[0]).isEqualTo(2);
        assertThat(memory.map("sensorTimes")).isEmpty();
        assertThat(memory.map("sourceTimes")).isEmpty();

        memory.map("sensorTimes").put("boot", "no JSON");
        assertThat(new LastTimes(new Metrics(), memory).sensor("boot")).isEqualTo(SensorFigures.NONE);
    }

    @Test
    void whatCannotBeReadIsNotForgottenAndWhatIsNoTimeBreaksNoPage() {
        MemoryStateStore memory = new MemoryStateStore();
        Metrics metrics = new Metrics();
        metrics.sensor("boot").matched(NOON);
        new LastTimes(metrics, memory).save(List.of("boot"), Map.of("nova", NOON)).join();
        Map<String, Instant> unknown = new HashMap<>();
        unknown.put("nova", null);
        LastTimes unread = new LastTimes(new Metrics(), new UnreadableStore(memory));

        assertThat(unread.sensor("boot")).isEqualTo(SensorFigures.NONE);
        assertThat(unread.save(List.of("boot"), unknown)).isCompletedExceptionally();
        LastTimes times = new LastTimes(new Metrics(), memory);
        assertThat(times.sensor("boot").lastMatched()).isEqualTo(NOON);
        assertThat(times.source("nova", null)).isEqualTo(NOON);

        memory.map("sourceTimes").put("nova", "no time");
        assertThat(times.source("nova", null)).isNull();
    }

    /** Its maps cannot be read. */
    private record UnreadableStore(MemoryStateStore memory) implements StateStore {
        @Override
        public StateMap map(String name) {
            return (StateMap) Proxy.newProxyInstance(StateMap.class.getClassLoader(), new Class<?>[] {StateMap.class}, (self, method, arguments) -> {
                if (method.getName().equals("get")) {
                    throw new UncheckedIOException(new IOException("Input/output error"));
                }
                return method.invoke(memory.map(name), arguments);
            });
        }

        @Override
        public CompletableFuture<Void> write(Runnable changes) {
            return memory.write(changes);
        }

        @Override
        public String problem() {
            return null;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private record CountingStore(MemoryStateStore memory, Runnable onWrite) implements StateStore {
        @Override
        public StateMap map(String name) {
            return memory.map(name);
        }

        @Override
        public CompletableFuture<Void> write(Runnable changes) {
            onWrite.run();
            return memory.write(changes);
        }

        @Override
        public String problem() {
            return null;
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
