package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeliveryMonitorTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private String problem;
    private final Inbox inbox = TestInbox.of(new Failing(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void nothingIsToldWhereNobodyIsNeeded() {
        assertThat(problems(source(State.UP, 3_600), source(State.BUSY, 3_600), source(State.STARTING, 3_600), source(State.DOWN, 60)))
                .isEmpty();
    }

    @Test
    void aSourceThatIsDownForLong() {
        assertThat(problems(source(State.DOWN, 61)))
                .containsExactly("Event source \"ironic\" has been down since 2026-01-31T11:58:59Z: uri: nothing answers");
    }

    @Test
    void deadLetters() {
        bury();
        assertThat(problems()).containsExactly("One dead letter waits to be replayed or discarded.");
        bury();
        assertThat(problems()).containsExactly("2 dead letters wait to be replayed or discarded.");
        inbox.reader().deadLetters(null, 10).forEach(letter -> inbox.discard(letter, "done").join());
        assertThat(problems()).isEmpty();
    }

    @Test
    void anInboxThatCannotBeWritten() {
        problem = "no space left on device";

        assertThat(problems()).containsExactly("The inbox cannot be used, so no event is accepted: no space left on device");
    }

    private void bury() {
        inbox.bury(new UnreadableMessage("ironic", "event", "m-1", "is no JSON", NOW, new byte[0])).join();
    }

    private List<String> problems(SourceStatus... sources) {
        return DeliveryMonitor.problems(inbox, List.of(sources), NOW);
    }

    private static SourceStatus source(State state, int seconds) {
        return new SourceStatus(
                "ironic", "amqp", state, NOW.minusSeconds(seconds), "uri: nothing answers", null, 0, 0, 0, 0, null, null, 0, List.of());
    }

    /** In memory, with the problem that a test wants. */
    private final class Failing implements StateStore {
        private final StateStore store = new MemoryStateStore();

        @Override
        public StateMap map(String name) {
            return store.map(name);
        }

        @Override
        public CompletableFuture<Void> write(Runnable changes) {
            return store.write(changes);
        }

        @Override
        public String problem() {
            return problem;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
