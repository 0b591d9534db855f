package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a source does with messages that are refused for now. */
class AmqpHoldTest {
    private static final int PREFETCH = 10;
    private static final int MESSAGES = 50;
    private static final List<String> ALL =
            IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();

    private final StoreSink store = new StoreSink();
    private AmqpBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
        store.close();
    }

    @Test
    void aFullInboxIsBusyAndTakesAllInTheirOrderLater() throws Exception {
        store.full = new TooManyEventsException("the inbox is full");
        start(Map.of());
        publishAll();

        assertThat(bed.awaitState(State.BUSY).problem()).isEqualTo("event \"event\": takes no messages for now: the inbox is full");
        awaitHeld();
        assertThat(bed.receiver.status().consumers()).singleElement().satisfies(consumer -> {
            assertThat(consumer.event()).isEqualTo("event");
            assertThat(consumer.queue()).isEqualTo(bed.queue);
            assertThat(consumer.tag()).isNotEmpty();
            assertThat(consumer.unacknowledged()).isEqualTo(PREFETCH);
        });
        store.full = null;

        Await.until(store::accepted, accepted -> accepted.size() == MESSAGES);
        assertThat(store.accepted()).isEqualTo(ALL);
        assertThat(bed.awaitState(State.UP).problem()).isNull();
        Await.until(() -> bed.receiver.status().unacknowledged(), count -> count == 0);
        assertThat(bed.receiver.status().running()).isEqualTo(1);
        assertThat(bed.receiver.status().received()).isEqualTo(MESSAGES);
        assertThat(bed.receiver.status().lastError()).isNull();
        awaitEmptyQueue();
    }

    /** The refusal comes after the next messages were handed over, as with a disk. */
    @Test
    void aBrokenDiskIsDownAndNothingIsDeliveredAgainOrOutOfOrder() throws Exception {
        store.diskProblem = new EventNotAcceptedException("the disk is full");
        start(Map.of());
        publishAll();

        assertThat(bed.awaitState(State.DOWN).problem()).isEqualTo("event \"event\": stopped taking messages: the disk is full");
        awaitHeld();
        store.diskProblem = null;

        Await.until(store::accepted, accepted -> accepted.size() == MESSAGES);
        assertThat(store.accepted()).isEqualTo(ALL);
        assertThat(bed.awaitState(State.UP).lastError()).endsWith("Z event \"event\": stopped taking messages: the disk is full");
        awaitEmptyQueue();
    }

    /** A sensor of the source may have its limit, which not every event reaches. */
    @Test
    void theOnesBehindARefusedOneWaitForIt() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        List<String> accepted = new CopyOnWriteArrayList<>();
        bed.startImpatient(
                AmqpBed.BROKER.uri(),
                AmqpBed.BROKER.secrets(),
                TestSink.of(event -> {
                    if (event.id().equals("3") && refusals.incrementAndGet() <= 3) {
                        throw new TooManyEventsException("too many builds wait");
                    }
                    accepted.add(event.id());
                }),
                bed.event("event", "topic", bed.queue, PREFETCH, Map.of()));
        bed.awaitState(State.UP);
        publishAll();

        Await.until(() -> accepted, now -> now.size() == MESSAGES);
        assertThat(accepted).isEqualTo(ALL);
        assertThat(refusals).hasValue(4);
        awaitEmptyQueue();
    }

    /** RabbitMQ 4 has a limit of 20 for all quorum queues. */
    @Test
    void aQuorumQueueDoesNotThrowAwayWhatIsRefusedManyTimes() throws Exception {
        assumeTrue(AmqpBed.BROKER.isRabbitMq(), "the embedded broker has no quorum queues");
        AtomicInteger refusals = new AtomicInteger();
        bed.startImpatient(
                AmqpBed.BROKER.uri(),
                AmqpBed.BROKER.secrets(),
                TestSink.of(event -> {
                    refusals.incrementAndGet();
                    throw new EventNotAcceptedException("the disk is full");
                }),
                bed.event("event", "topic", bed.queue, PREFETCH, Map.of("x-queue-type", "quorum", "x-delivery-limit", 1)));
        bed.awaitState(State.UP);
        bed.publish("1");

        Await.until(refusals::get, count -> count >= 5);
        bed.receiver.close();

        start(Map.of("x-queue-type", "quorum", "x-delivery-limit", 1));
        Await.until(store::accepted, List.of("1")::equals);
    }

    @Test
    void closingLeavesWhatIsHeldToTheBroker() throws Exception {
        store.full = new TooManyEventsException("the inbox is full");
        start(Map.of());
        publishAll();
        bed.awaitState(State.BUSY);

        bed.receiver.close();

        Await.until(() -> bed.channel.messageCount(bed.queue), ready -> ready == MESSAGES);
        assertThat(store.accepted()).isEmpty();
    }

    @Test
    void oneEventThatIsHeldDoesNotHoldOthers() throws Exception {
        store.full = new TooManyEventsException("the inbox is full");
        StoreSink other = new StoreSink();
        bed.startImpatient(
                AmqpBed.BROKER.uri(),
                AmqpBed.BROKER.secrets(),
                new SinkByEvent(Map.of("event", store, "other", other)),
                bed.event(),
                bed.event("other", "topic", bed.otherQueue, PREFETCH, Map.of()));
        bed.awaitState(State.UP);
        publishAll();

        Await.until(other::accepted, ALL::equals);
        bed.awaitState(State.BUSY);
        assertThat(store.accepted()).isEmpty();
        other.close();
    }

    @Test
    void anUnreadableMessageIsKeptAndThenRejected() throws Exception {
        store.diskProblem = new EventNotAcceptedException("the disk is full");
        start(Map.of());
        bed.channel.basicPublish(
                bed.exchange, "k", new BasicProperties.Builder().messageId("m-1").build(), "{".getBytes(StandardCharsets.UTF_8));
        bed.publish("2");

        assertThat(bed.awaitState(State.DOWN).problem()).contains("the disk is full");
        assertThat(bed.receiver.status().rejected()).isZero();
        store.diskProblem = null;

        Await.until(store::accepted, List.of("2")::equals);
        Await.until(() -> bed.receiver.status().rejected(), rejected -> rejected == 1);
        assertThat(store.buried).hasSize(1);
        UnreadableMessage message = store.buried.get(0);
        assertThat(message.source()).isEqualTo("source");
        assertThat(message.event()).isEqualTo("event");
        assertThat(message.id()).isEqualTo("m-1");
        assertThat(message.body()).isEqualTo(new byte[] {'{'});
        assertThat(message.reason()).contains("expected JSON");
        awaitEmptyQueue();
    }

    @Test
    void aMessageThatCannotBeKeptIsNotRejected() throws Exception {
        store.diskProblem = new IllegalStateException("a bug");
        start(Map.of());
        bed.publish("{");

        assertThat(bed.awaitState(State.DOWN).problem()).contains("could not be kept: IllegalStateException").doesNotContain("a bug");
        assertThat(bed.receiver.status().rejected()).isZero();
        store.diskProblem = null;

        bed.awaitState(State.UP);
        Await.until(() -> store.buried.size(), size -> size == 1);
        awaitEmptyQueue();
    }

    private void start(Map<String, Object> arguments) {
        bed.startImpatient(
                AmqpBed.BROKER.uri(),
                AmqpBed.BROKER.secrets(),
                store,
                bed.event("event", "topic", bed.queue, PREFETCH, arguments));
        bed.awaitState(State.UP);
    }

    private void publishAll() throws Exception {
        for (String body : ALL) {
            bed.publish(body);
        }
    }

    /** The embedded broker counts messages in flight as ready. */
    private void awaitHeld() {
        if (AmqpBed.BROKER.isRabbitMq()) {
            Await.until(() -> bed.channel.messageCount(bed.queue), ready -> ready == MESSAGES - PREFETCH);
        }
    }

    /** With nothing un-acknowledged: closing would bring that back. */
    private void awaitEmptyQueue() throws Exception {
        bed.receiver.close();
        Await.until(() -> bed.channel.consumerCount(bed.queue), consumers -> consumers == 0);
        assertThat(bed.channel.messageCount(bed.queue)).isZero();
    }
}
