package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The starter by hand: each test takes its steps itself, and time stands still. */
abstract class StarterBed {
    static final Instant NOON = TestClock.NOON;

    final TestClock clock = new TestClock();
    final BreakableStore store = new BreakableStore();
    final Inbox inbox = TestInbox.of(store, clock);
    final List<String> tried = new ArrayList<>();
    final Map<String, StartOutcome> found = new HashMap<>();
    Function<PendingStart, StartOutcome> answer = start -> new StartOutcome.Queued();
    int sensorLimit = 100;
    int sourceLimit = 100;
    Starter starter = open();

    /** As a file on a disk that is full, or gone for a moment. */
    static final class BreakableStore implements StateStore {
        final StateStore memory = new MemoryStateStore();
        boolean readable = true;
        boolean writable = true;

        @Override
        public StateMap map(String name) {
            StateMap map = memory.map(name);
            return (StateMap) Proxy.newProxyInstance(StateMap.class.getClassLoader(), new Class<?>[] {StateMap.class}, (self, method, arguments) -> {
                if (!readable) {
                    throw failure();
                }
                return method.invoke(map, arguments);
            });
        }

        @Override
        public CompletableFuture<Void> write(Runnable changes) {
            return writable ? memory.write(changes) : CompletableFuture.failedFuture(failure());
        }

        private static UncheckedIOException failure() {
            return new UncheckedIOException(new IOException("no disk"));
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

    Starter open() {
        BuildStarter builds = new BuildStarter() {
            @Override
            public StartOutcome start(Event event, PendingStart start) {
                tried.add(start.eventId());
                return answer.apply(start);
            }

            @Override
            public Map<String, StartOutcome> find(List<PendingStart> starts) {
                return starts.stream()
                        .filter(start -> found.containsKey(start.eventId()))
                        .collect(Collectors.toMap(PendingStart::id, start -> found.get(start.eventId())));
            }
        };
        FlightLimits limits = new FlightLimits() {
            @Override
            public int ofSensor(String sensor) {
                return sensorLimit;
            }

            @Override
            public int ofSource(String source) {
                return sourceLimit;
            }
        };
        Starter opened = new Starter(inbox, builds, limits, clock);
        opened.load();
        return opened;
    }

    void put(String id) {
        put(id, "s", (String) null);
    }

    void put(String id, String sensor, String key) {
        put(id, sensor, new Start("job", Map.of(), 0, new Start.Keys(key, null, null), StartRules.NONE));
    }

    void put(String id, String sensor, Start start) {
        Event event = new Event(id, "source", "event", "amqp", "type", NOON, JsonNodeFactory.instance.objectNode());
        assertThat(inbox.known(event)).isNull();
        inbox.put(event, SecretFields.NONE, List.of(new Decision(sensor, Verdict.MATCH, List.of(), List.of(start), null)), () -> {}).join();
    }

    List<String> step() {
        tried.clear();
        while (starter.step()) {
            assertThat(tried).hasSizeLessThan(1_000);
        }
        return List.copyOf(tried);
    }

    List<String> pass(Duration time) {
        clock.pass(time);
        return step();
    }

    String idOf(String event) {
        return TestInbox.pending(inbox).stream().filter(start -> start.eventId().equals(event)).findFirst().orElseThrow().id();
    }
}
