package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The starter by hand: each test takes its steps itself, and time stands still. */
class StarterTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SteppedClock clock = new SteppedClock();
    private final BreakableStore store = new BreakableStore();
    private final Inbox inbox = TestInbox.of(store, clock);
    private final List<String> tried = new ArrayList<>();
    private final Map<String, StartOutcome> found = new HashMap<>();
    private Function<PendingStart, StartOutcome> answer = start -> new StartOutcome.Queued();
    private int sensorLimit = 100;
    private int sourceLimit = 100;
    private Starter starter = open();

    private static final class SteppedClock extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** As a file on a disk that is full, or gone for a moment. */
    private static final class BreakableStore implements StateStore {
        private final StateStore memory = new MemoryStateStore();
        private boolean readable = true;
        private boolean writable = true;

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

    private Starter open() {
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

    private void put(String id) {
        put(id, "s", (String) null);
    }

    private void put(String id, String sensor, String key) {
        put(id, sensor, new Start("job", Map.of(), 0, new Start.Keys(key, null, null), StartRules.NONE));
    }

    private void put(String id, String sensor, Start start) {
        Event event = new Event(id, "source", "event", "amqp", "type", NOON, JsonNodeFactory.instance.objectNode());
        assertThat(inbox.known(event)).isNull();
        inbox.put(event, List.of(new Decision(sensor, Verdict.MATCH, List.of(), List.of(start), null)), () -> {}).join();
    }

    private List<String> step() {
        tried.clear();
        while (starter.step()) {
            assertThat(tried).hasSizeLessThan(1_000);
        }
        return List.copyOf(tried);
    }

    private List<String> pass(Duration time) {
        clock.now = clock.now.plus(time);
        return step();
    }

    private String idOf(String event) {
        return TestInbox.pending(inbox).stream().filter(start -> start.eventId().equals(event)).findFirst().orElseThrow().id();
    }

    @Test
    void startsInTheOrderOfEvents() {
        for (int i = 0; i < 5; i++) {
            put("" + i);
        }

        assertThat(step()).containsExactly("0", "1", "2", "3", "4");
        assertThat(step()).isEmpty();
        assertThat(starter.inFlight("source")).isEqualTo(5);
    }

    @Test
    void aStartIsSettledWhenItsRunExistsAndFliesUntilItEnds() {
        put("1");
        String id = idOf("1");
        step();
        assertThat(inbox.reader().pendingCount()).isEqualTo(1);

        starter.started(id, "job#1");

        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(inbox.reader().outcomesOf(id.substring(0, 16))).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STARTED);
            assertThat(outcome.detail()).isEqualTo("job#1");
        });
        assertThat(starter.inFlight("source")).isEqualTo(1);
        starter.finished(id);
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void noMoreOfASensorAtOnceThanItsLimit() {
        sensorLimit = 2;
        for (int i = 0; i < 4; i++) {
            put("" + i);
        }
        put("other", "t", (String) null);
        String first = idOf("0");

        assertThat(step()).containsExactly("0", "other", "1");
        starter.started(first, "job#1");
        assertThat(step()).isEmpty();
        starter.finished(first);
        assertThat(step()).containsExactly("2");
    }

    @Test
    void aTriggerAndASensorOfTheSameNameAreLimitedApart() {
        sensorLimit = 1;
        Start ofTrigger = new Start("s", Map.of(), 0, Start.Keys.NONE, StartRules.NONE, true);
        put("central", "s", (String) null);
        put("trigger", "s", ofTrigger);
        put("next", "s", ofTrigger);

        assertThat(step()).containsExactly("central", "trigger");
    }

    @Test
    void aSourceWithTooManyInFlightMustWait() throws Exception {
        sourceLimit = 2;
        put("0");
        put("1");
        Event event = new Event("2", "source", "event", "amqp", "type", NOON, JsonNodeFactory.instance.objectNode());

        assertThatThrownBy(() -> starter.check(event))
                .isInstanceOf(TooManyEventsException.class)
                .hasMessage("2 starts of source \"source\" are in flight; expected fewer than 2");
        step();
        String first = idOf("0");
        starter.started(first, "job#1");
        starter.finished(first);
        starter.check(event);
    }

    @Test
    void whatIsRefusedIsTriedAgainWithGrowingWaitsAndEndsAsADeadLetter() {
        answer = start -> new StartOutcome.Later(RetryRule.VETOED, "a plugin has vetoed it");
        put("1");
        assertThat(step()).containsExactly("1");
        assertThat(TestInbox.pending(inbox).get(0).reason()).isEqualTo("a plugin has vetoed it");
        assertThat(pass(Duration.ofSeconds(4))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");
        assertThat(pass(Duration.ofSeconds(9))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");

        int attempts = 3;
        while (inbox.reader().deadLetterCount() == 0) {
            attempts += pass(Duration.ofMinutes(5)).size();
            assertThat(attempts).isLessThan(100);
        }

        assertThat(attempts).isEqualTo(17);
        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(starter.inFlight("source")).isZero();
        assertThat(inbox.reader().deadLetters(null, 1)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.START);
            assertThat(letter.reason()).isEqualTo("a plugin has vetoed it");
            assertThat(letter.attempts()).isEqualTo(17);
        });
    }

    @Test
    void aStartThatCanNeverWorkIsADeadLetterAtOnce() {
        answer = start -> new StartOutcome.Refused("job", "does not exist");
        put("1");
        step();

        assertThat(inbox.reader().deadLetters(null, 1)).singleElement().extracting(DeadLetter::reason).isEqualTo("job: does not exist");
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void aMistakeIsTriedAgain() {
        answer = start -> {
            throw new IllegalStateException("a bug");
        };
        put("1");
        step();
        answer = start -> new StartOutcome.Queued();

        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");
    }

    @Test
    void ofOneKeyNothingPassesWhatIsTriedAgain() {
        answer = start -> start.eventId().equals("a1") ? new StartOutcome.Later(RetryRule.FAILED, "not now") : new StartOutcome.Queued();
        put("a1", "s", "a");
        put("a2", "s", "a");
        put("b1", "s", "b");
        assertThat(step()).containsExactly("a1", "b1");
        put("a3", "s", "a");
        assertThat(step()).isEmpty();

        assertThat(pass(Duration.ofSeconds(1))).containsExactly("a1");
        answer = start -> new StartOutcome.Queued();
        assertThat(pass(Duration.ofSeconds(2))).containsExactly("a1", "a2", "a3");
    }

    @Test
    void afterADeadLetterTheNextOfItsKeyGoes() {
        answer = start -> start.eventId().equals("a1") ? new StartOutcome.Refused("job", "no") : new StartOutcome.Queued();
        put("a1", "s", "a");
        put("a2", "s", "a");

        assertThat(step()).containsExactly("a1", "a2");
    }

    @Test
    void afterARestartWhatExistsIsNotStartedAgain() {
        put("run");
        put("ran");
        put("queued");
        put("lost");
        found.put("run", new StartOutcome.Started("job#1", true));
        found.put("ran", new StartOutcome.Started("job#2", false));
        found.put("queued", new StartOutcome.Queued());

        starter = open();

        assertThat(step()).containsExactly("lost");
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::eventId).containsExactly("queued", "lost");
        assertThat(starter.inFlight("source")).isEqualTo(3);
    }

    @Test
    void whatHasGoneFromTheQueueWithoutARunIsTriedAgain() {
        put("gone");
        put("waits");
        put("runs");
        step();
        found.put("waits", new StartOutcome.Queued());
        found.put("runs", new StartOutcome.Started("job#1", true));
        starter.lookAgain(Duration.ofMinutes(1));
        assertThat(step()).isEmpty();

        clock.now = clock.now.plusSeconds(61);
        starter.lookAgain(Duration.ofMinutes(1));

        assertThat(step()).containsExactly("gone");
        assertThat(starter.inFlight("source")).isEqualTo(3);
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::eventId).containsExactly("gone", "waits");
    }

    @Test
    void attemptsSurviveARestart() {
        answer = start -> new StartOutcome.Later(RetryRule.VETOED, "no");
        put("1");
        step();

        starter = open();

        assertThat(step()).isEmpty();
        assertThat(pass(Duration.ofSeconds(5))).containsExactly("1");
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::attempts).containsExactly(2);
    }

    @Test
    void whatWasReplacedIsRecorded() {
        put("1");
        step();
        String id = idOf("1");

        starter.left(id, Outcome.Kind.REPLACED, "by event 2");

        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(inbox.reader().outcomesOf(id.substring(0, 16))).extracting(Outcome::kind).containsExactly(Outcome.Kind.REPLACED);
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void aStartThatCannotBeReadIsTriedAgain() {
        put("a");
        store.readable = false;
        assertThat(step()).isEmpty();
        assertThat(starter.inFlight("source")).isEqualTo(1);
        store.readable = true;
        assertThat(pass(Duration.ofSeconds(6))).containsExactly("a");
    }

    @Test
    void aRefusalThatCannotBeWrittenIsComeBackTo() {
        put("a");
        answer = start -> new StartOutcome.Refused("job", "no such job");
        store.writable = false;
        assertThat(step()).containsExactly("a");
        assertThat(starter.inFlight("source")).isEqualTo(1);
        store.writable = true;
        assertThat(pass(Duration.ofSeconds(6))).containsExactly("a");
        assertThat(inbox.reader().deadLetters(null, 9)).extracting(DeadLetter::reason).containsExactly("job: no such job");
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void aStartWhoseEventIsLostIsADeadLetter() {
        put("a");
        store.memory.map("events").remove("0000000000000001");
        assertThat(step()).isEmpty();
        assertThat(TestInbox.pending(inbox)).isEmpty();
        assertThat(inbox.reader().deadLetters(null, 9))
                .extracting(DeadLetter::reason)
                .containsExactly("event: cannot be read from the inbox; perhaps its file was damaged");
    }
}
