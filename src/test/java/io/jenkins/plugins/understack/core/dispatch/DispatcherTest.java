package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Event EVENT =
            new Event("id", "source", "event", "amqp", "type", Instant.EPOCH, JsonNodeFactory.instance.objectNode().put("n", 1));

    private final SensorIndex index = new SensorIndex();
    private final List<Decision> decided = new ArrayList<>();

    private final MemoryStateStore state = new MemoryStateStore();
    private final Inbox inbox = TestInbox.of(state, Clock.systemUTC());
    private boolean full;
    private final Dispatcher dispatcher = new Dispatcher(
            index,
            new Correlator(state),
            inbox,
            event -> {
                if (full) {
                    throw new TooManyEventsException("full");
                }
            },
            (event, decisions) -> decided.addAll(decisions));

    @Test
    void keepsEveryMatchAndTellsEveryDecision() throws Exception {
        sensor("one", "event", null);
        sensor("two", "event", null);
        sensor("no", "event", ".n == 2");
        sensor("other", "another", null);

        TestSink.send(dispatcher, EVENT);

        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::sensor).containsExactlyInAnyOrder("one", "two");
        assertThat(decided).extracting(Decision::verdict).containsExactlyInAnyOrder(Verdict.MATCH, Verdict.MATCH, Verdict.NO_MATCH);
        assertThat(inbox.reader().events(null, 10)).singleElement().satisfies(stored -> {
            assertThat(stored.event()).isEqualTo(EVENT);
            assertThat(stored.decisions()).hasSize(3);
        });
    }

    @Test
    void whatNoSensorMatchesIsNotKept() throws Exception {
        sensor("one", "event", ".n == 2");

        TestSink.send(dispatcher, EVENT);

        assertThat(decided).hasSize(1);
        assertThat(inbox.reader().eventCount()).isZero();
        assertThat(state.map("identities")).isEmpty();
    }

    @Test
    void anEventThatComesAgainIsAcceptedAndNothingIsDone() throws Exception {
        sensor("one", "event", null);

        TestSink.send(dispatcher, EVENT);
        TestSink.send(dispatcher, EVENT);

        assertThat(decided).hasSize(1);
        assertThat(TestInbox.pending(inbox)).hasSize(1);
    }

    @Test
    void aSensorThatFailsIsADeadLetterAndKeepsNobodyFromTheirs() throws Exception {
        sensor("one", "event", "error");
        sensor("two", "event", null);

        TestSink.send(dispatcher, EVENT);

        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::sensor).containsExactly("two");
        assertThat(inbox.reader().deadLetters(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.DECISION);
            assertThat(letter.sensor()).isEqualTo("one");
            assertThat(letter.reason()).isEqualTo("[where] cannot be evaluated");
        });
    }

    @Test
    void whatCannotBeTakenNowIsNotKept() {
        sensor("one", "event", null);
        full = true;

        assertThatThrownBy(() -> TestSink.send(dispatcher, EVENT)).isInstanceOf(TooManyEventsException.class);
        assertThat(decided).isEmpty();
        assertThat(inbox.reader().eventCount()).isZero();
    }

    @Test
    void aReplayIsDecidedByTheSensorsOfNow() throws Exception {
        sensor("one", "event", "error");
        sensor("two", "event", null);
        TestSink.send(dispatcher, EVENT);
        sensor("one", "event", ".n == 1");
        StoredEvent stored = inbox.reader().events(null, 1).get(0);

        assertThat(dispatcher.replay(stored, "one"::equals).join()).extracting(Decision::verdict).containsExactly(Verdict.MATCH);

        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::sensor).containsExactly("two", "one");
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::id).doesNotHaveDuplicates();
        assertThat(inbox.reader().deadLetterCount()).isZero();
    }

    @Test
    void aReplayThatMatchesNoMoreLeavesTheDeadLetter() throws Exception {
        sensor("one", "event", "error");
        TestSink.send(dispatcher, EVENT);
        sensor("one", "event", ".n == 2");
        StoredEvent stored = inbox.reader().events(null, 1).get(0);

        assertThat(dispatcher.replay(stored, name -> true).join()).extracting(Decision::verdict).containsExactly(Verdict.NO_MATCH);

        assertThat(TestInbox.pending(inbox)).isEmpty();
        assertThat(inbox.reader().deadLetters(null, 10)).extracting(DeadLetter::sensor).containsExactly("one");
    }

    @Test
    void sensorsMustDependOnWhatExists() {
        Sensor sensor = new Sensor("s", new Dependency("nowhere", "event"), "job", List.of());

        assertThatThrownBy(() -> new Configuration(List.of(), List.of(sensor), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("sensors[0].source: sensor \"s\" depends on event source \"nowhere\", which does not exist");
    }

    private void sensor(String name, String event, String where) {
        Dependency dependency = new Dependency(null, new Origin("source", event), null, where, List.of(), null, null);
        index.put(name, new Sensor(name, dependency, "job", List.of()).compile());
    }
}
