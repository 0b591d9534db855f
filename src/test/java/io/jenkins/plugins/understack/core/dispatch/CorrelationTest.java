package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.core.sensor.correlation.ConditionsReset;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sensors that need several events, with their state in a real file. */
class CorrelationTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final AtomicInteger IDS = new AtomicInteger();

    @TempDir
    Path folder;

    private final SensorIndex index = new SensorIndex();
    private final List<Map<String, String>> started = new ArrayList<>();
    private final List<Decision> decided = new ArrayList<>();
    private FileStateStore state;
    private Dispatcher dispatcher;
    private boolean refusing;

    @BeforeEach
    void open() {
        state = new FileStateStore(folder.resolve("state.mv"), Clock.systemUTC());
        dispatcher = new Dispatcher(
                index,
                new Correlator(state),
                TestInbox.of(state, start -> {
                    synchronized (started) {
                        started.add(start.parameters());
                    }
                }),
                event -> {
                    if (refusing) {
                        throw new TooManyEventsException("not now");
                    }
                },
                (event, decisions) -> {
                    synchronized (decided) {
                        decided.addAll(decisions);
                    }
                });
    }

    @AfterEach
    void close() {
        state.close();
    }

    private void restart() {
        close();
        open();
    }

    @Test
    void theTwoOfOneKeyComeTogether() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");

        send("a", "1", "n1", NOON);
        send("b", "2", "n2", NOON.plusSeconds(1));
        assertThat(started).isEmpty();
        assertThat(decided).extracting(Decision::verdict).containsOnly(Verdict.WAITING);
        assertThat(decided.get(0).toJson().path("verdict").asText()).isEqualTo("waiting");
        send("b", "3", "n1", NOON.plusSeconds(2));

        assertThat(started).containsExactly(Map.of("a", "1", "b", "3"));
        send("b", "4", "n1", NOON.plusSeconds(3));
        assertThat(started).hasSize(1);
    }

    @Test
    void theNewestOfEachCounts() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");

        send("a", "1", "n", NOON);
        send("a", "2", "n", NOON);
        send("b", "3", "n", NOON);

        assertThat(started).containsExactly(Map.of("a", "2", "b", "3"));
    }

    @Test
    void whatWaitsSurvivesARestart() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");
        send("a", "1", "n", NOON);

        restart();
        send("b", "2", "n", NOON.plusSeconds(5));

        assertThat(started).containsExactly(Map.of("a", "1", "b", "2"));
        restart();
        send("b", "3", "n", NOON.plusSeconds(6));
        assertThat(started).hasSize(1);
    }

    @Test
    void aHalfThatWaitedTooLongExpiresWithADecision() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");
        send("a", "1", "n", NOON);
        decided.clear();

        dispatcher.expire(NOON.plus(Duration.ofMinutes(10)));
        assertThat(decided).isEmpty();
        dispatcher.expire(NOON.plus(Duration.ofMinutes(10)).plusSeconds(1));

        Decision expired = decided.get(0);
        assertThat(expired.verdict()).isEqualTo(Verdict.NO_MATCH);
        assertThat(expired.reasons().get(0)).isEqualTo(new Reason(
                "dependencies[a]", Outcome.REJECT, "waited since 2026-11-21T12:00:00Z and found no others of its key"));
        dispatcher.expire(NOON.plus(Duration.ofHours(1)));
        assertThat(decided).hasSize(1);
    }

    @Test
    void whatIsTooLateDoesNotComeTogetherEvenBeforeItIsSweptUp() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");

        send("a", "1", "n", NOON);
        send("b", "2", "n", NOON.plus(Duration.ofMinutes(11)));
        send("a", "3", "n", NOON.plus(Duration.ofMinutes(12)));

        assertThat(started).containsExactly(Map.of("a", "3", "b", "2"));
    }

    /** Argo's rules: no key, no end but the reset. */
    @Test
    void aResetDropsWhatWaits() throws Exception {
        sensor(null, null, List.of(new ConditionsReset("0 13 * * *", "UTC")), "a", "b");

        send("a", "1", null, NOON);
        send("b", "2", null, NOON.plus(Duration.ofMinutes(61)));
        assertThat(started).isEmpty();
        send("a", "3", null, NOON.plus(Duration.ofMinutes(62)));

        assertThat(started).containsExactly(Map.of("a", "3", "b", "2"));
    }

    /** Row 115 of Argo's own tests. */
    @Test
    void alternativesOfPairs() throws Exception {
        sensor("(d1 && d2) || d3", null, List.of(), "d1", "d2", "d3");
        List<Integer> counts = new ArrayList<>();
        for (String name : List.of("d1", "d2", "d2", "d3")) {
            send(name, "x", null, NOON);
            counts.add(started.size());
        }

        assertThat(counts).containsExactly(0, 1, 1, 2);
    }

    /** Row 117: two dependencies on the same event, of which one is fulfilled. */
    @Test
    void oneEventMayFulfilSeveralDependencies() throws Exception {
        Dependency low = new Dependency("low", new Origin("source", "a"), null, ".n > 0", List.of(), null, null);
        Dependency high = new Dependency("high", new Origin("source", "a"), null, ".n > 5", List.of(), null, null);
        put(new Sensor("s", true, List.of(low, high), null, null, "job", List.of(Parameter.of("n", "low.n")), null, null));

        TestSink.send(dispatcher, event("a", NOON, "{\"n\": 1}"));
        assertThat(started).isEmpty();
        TestSink.send(dispatcher, event("a", NOON, "{\"n\": 9}"));

        assertThat(started).containsExactly(Map.of("n", "9"));
    }

    @Test
    void aStartThatCannotBeMadeNowKeepsThePair() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");
        send("a", "1", "n", NOON);
        refusing = true;
        assertThatThrownBy(() -> send("b", "2", "n", NOON)).isInstanceOf(EventNotAcceptedException.class);
        refusing = false;

        send("b", "2", "n", NOON);

        assertThat(started).containsExactly(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aRedeliveredEventIsNotUsedTwice() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");
        Event a = event("a", NOON, "{\"id\": \"1\", \"key\": \"n\"}");
        Event b = event("b", NOON, "{\"id\": \"2\", \"key\": \"n\"}");
        TestSink.send(dispatcher, a);
        TestSink.send(dispatcher, b);

        TestSink.send(dispatcher, b);
        restart();
        TestSink.send(dispatcher, a);
        send("a", "3", "n", NOON);

        assertThat(started).containsExactly(Map.of("a", "1", "b", "2"));
        send("b", "4", "n", NOON);
        assertThat(started).containsExactly(Map.of("a", "1", "b", "2"), Map.of("a", "3", "b", "4"));
    }

    @Test
    void whatWaitsForADependencyThatIsGoneExpires() throws Exception {
        sensor(null, null, List.of(), "a", "b");
        send("a", "1", null, NOON);
        sensor(null, null, List.of(), "b", "c");

        dispatcher.expire(NOON);

        assertThat(state.map("correlation")).isEmpty();
        assertThat(decided).extracting(Decision::verdict).containsExactly(Verdict.WAITING, Verdict.NO_MATCH);
    }

    @Test
    void aDamagedEntryKeepsNobodyFromWorking() throws Exception {
        sensor(null, Duration.ofMinutes(10), List.of(), "a", "b");
        state.map("correlation").put("s\nn", "not what was written");
        state.map("correlation").put("s\nm", "2026-11-21T12:00:00Z a\n{");

        send("a", "1", "n", NOON);
        send("b", "2", "n", NOON);
        dispatcher.expire(NOON.plus(Duration.ofHours(1)));

        assertThat(started).containsExactly(Map.of("a", "1", "b", "2"));
        assertThat(state.map("correlation")).isEmpty();
    }

    /** Random events from four threads: each event is in one start at most, and no start mixes keys. */
    @Test
    void neverTwiceForOnePair() throws Exception {
        sensor(null, Duration.ofDays(1), List.of(), "a", "b");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch begin = new CountDownLatch(1);
        for (int thread = 0; thread < 4; thread++) {
            int seed = thread;
            threads.submit(() -> {
                begin.await();
                Random random = new Random(seed);
                for (int i = 0; i < 100; i++) {
                    String key = "n" + random.nextInt(5);
                    send(random.nextBoolean() ? "a" : "b", key + ":" + seed + "-" + i, key, NOON);
                }
                return null;
            });
        }
        begin.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        Map<String, Integer> uses = new HashMap<>();
        started.forEach(pair -> pair.values().forEach(id -> uses.merge(id, 1, Integer::sum)));
        assertThat(started).hasSizeGreaterThan(50);
        assertThat(uses.values()).containsOnly(1);
        assertThat(started).allSatisfy(pair -> assertThat(pair.get("a").split(":")[0]).isEqualTo(pair.get("b").split(":")[0]));
        assertThat(decided).extracting(Decision::verdict).doesNotContain(Verdict.ERROR);
    }

    @Test
    void dependenciesThatCannotWorkAreRefused() {
        Origin a = new Origin("source", "a");
        Dependency one = new Dependency("one", a, null, null, List.of(), ".k", null);
        Dependency two = new Dependency("two", a, null, null, List.of(), null, null);
        assertThatThrownBy(() -> of(List.of(one, two), Correlation.NONE)).hasMessageStartingWith("dependencies: some have a key and some have none");
        assertThatThrownBy(() -> of(List.of(one, new Dependency("two", a, null, null, List.of(), ".k", null)), Correlation.NONE))
                .hasMessageStartingWith("within: is missing");
        assertThatThrownBy(() -> of(List.of(two, two), Correlation.NONE)).hasMessageStartingWith("dependencies: \"two\" occurs twice");
        assertThatThrownBy(() -> of(List.of(two), new Correlation(null, Duration.ofMinutes(1), List.of())))
                .hasMessageStartingWith("within: is never used, because there is one dependency only");
        assertThatThrownBy(() -> of(List.of(one), Correlation.NONE)).hasMessageStartingWith("key: is never used");
        assertThatThrownBy(() -> new Sensor(
                        "s", true, List.of(new Dependency("source", "a")), null, null, "job", List.of(), new ArgoRules("filters: {}"), null))
                .hasMessageStartingWith("argo: is not that of the only dependency");
        Dependency wrong = new Dependency(
                "wrong", a, null, null, List.of(new DataFilter("a..b", Comparator.EQUALS, List.of("x"))), null, null);
        assertThatThrownBy(() -> of(List.of(two, wrong), Correlation.NONE).compile())
                .hasMessageStartingWith("dependencies[1].filters[0].path: ");
    }

    private static Sensor of(List<Dependency> dependencies, Correlation correlation) {
        return new Sensor("s", true, dependencies, correlation, null, "job", List.of(), null, null);
    }

    private void sensor(String conditions, Duration within, List<ConditionsReset> resets, String... names) {
        List<Dependency> dependencies = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        for (String name : names) {
            dependencies.add(new Dependency(name, new Origin("source", name), null, null, List.of(), within == null ? null : ".key", null));
            parameters.add(new Parameter(name, name + ".id", null, null, null, null, false));
        }
        put(new Sensor("s", true, dependencies, new Correlation(conditions, within, resets), null, "job", parameters, null, null));
    }

    private void put(Sensor sensor) {
        index.put("s", sensor.compile());
    }

    private void send(String name, String id, String key, Instant time) throws EventNotAcceptedException {
        TestSink.send(dispatcher, event(name, time, "{\"id\": \"" + id + "\", \"key\": " + (key == null ? null : "\"" + key + "\"") + "}"));
    }

    private static Event event(String name, Instant time, String data) {
        try {
            return new Event("id-" + IDS.incrementAndGet(), "source", name, "amqp", "type", time, Json.parse(data));
        } catch (MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
