package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.DefaultConsumer;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a source tries again, seen from the other side of the network. */
class AmqpRetryTest {
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    /** At least half of one, two and four times the first wait: what lies between four attempts. */
    private static final Duration FOUR_ATTEMPTS = FIRST_WAIT.multipliedBy(7).dividedBy(2).minusMillis(20);

    /** As usual, but for the waits. */
    private static final AmqpTiming TIMING = new AmqpTiming(
            AmqpTiming.DEFAULT.connect(), AmqpTiming.DEFAULT.heartbeat(), FIRST_WAIT, AmqpTiming.DEFAULT.longestWait(),
            AmqpTiming.DEFAULT.offerAgain(), AmqpTiming.DEFAULT.delivery());

    private AmqpBed bed;
    private BrokerProxy proxy;

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
        proxy = new BrokerProxy(AmqpBed.BROKER.uri());
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
        proxy.close();
    }

    @Test
    void aBrokerThatDisconnectsAtOnceIsNotOverrun() throws Exception {
        try (BrokerProxy rude = new BrokerProxy(null)) {
            start(rude.uri(), event -> {}, bed.event());

            assertFourAttemptsTakeTheirTime(rude.connections);
        }
    }

    @Test
    void aConnectionThatEachAttemptLosesIsNotOpenedInAHurryAndTheEventIsNamed() {
        start(proxy.uri(), event -> {}, bed.event("bad", "x-no-such-type", bed.otherQueue, 1, Map.of()));

        assertThat(bed.awaitState(State.DOWN).problem()).startsWith("event \"bad\": ").contains("x-no-such-type");
        assertFourAttemptsTakeTheirTime(proxy.connections);
    }

    @Test
    void anEventThatBreaksTheConnectionLetsOthersWorkMeanwhile() throws Exception {
        Collection<String> names = new ConcurrentLinkedQueue<>();
        start(
                proxy.uri(),
                event -> names.add(event.name()),
                bed.event("bad", "x-no-such-type", bed.otherQueue, 1, Map.of()),
                bed.event());
        Await.until(() -> proxy.connections.size(), size -> size >= 2);
        bed.channel.exchangeDeclare(bed.exchange, "topic", true);
        bed.channel.queueDeclare(bed.queue, true, false, false, Map.of());
        bed.channel.queueBind(bed.queue, bed.exchange, "k");
        bed.publish("1");

        Await.until(() -> names.contains("event"), yes -> yes);
        assertThat(bed.receiver.status().problem()).startsWith("event \"bad\": ");
    }

    @Test
    void aQueueInExclusiveUseIsNotAskedForInAHurryAndIsSaid() throws Exception {
        assumeTrue(AmqpBed.BROKER.isRabbitMq(), "the embedded broker words it differently");
        bed.channel.queueDeclare(bed.queue, true, false, false, Map.of());
        bed.channel.basicConsume(bed.queue, true, "", false, true, Map.of(), new DefaultConsumer(bed.channel));
        start(proxy.uri(), event -> {}, bed.event());

        assertThat(bed.awaitState(State.DOWN).problem())
                .startsWith("event \"event\": queue: another consumer uses it exclusively");
        assertFourAttemptsTakeTheirTime(proxy.channelsOpened);
        assertThat(proxy.connections).hasSize(1);
    }

    @Test
    void aSingleFaultIsRepairedSoon() throws Exception {
        start(proxy.uri(), event -> {}, bed.event());
        bed.awaitState(State.UP);

        long broken = System.nanoTime();
        proxy.disconnect();
        bed.awaitState(State.DOWN);
        bed.awaitState(State.UP);

        assertThat(Duration.ofNanos(System.nanoTime() - broken)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void aChannelThatCouldNotBeSetUpIsClosed() {
        // No type of an AMQP field table: the client throws, the broker never hears of it.
        start(proxy.uri(), event -> {}, bed.event("event", "topic", bed.queue, 1, Map.of("x-odd", new Object())));

        Await.until(() -> proxy.channelsOpened.size(), size -> size >= 3);
        assertThat(proxy.channelsClosed).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void anErrorDoesNotEndTheSupervision() {
        AtomicInteger attempts = new AtomicInteger();
        Secrets broken = new Secrets() {
            @Override
            public UsernamePassword usernamePassword(String id) {
                if (attempts.incrementAndGet() == 1) {
                    throw new NoClassDefFoundError("example/Missing");
                }
                return new UsernamePassword(AmqpBed.BROKER.username(), AmqpBed.BROKER.password());
            }

            @Override
            public String text(String id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ClientCertificate clientCertificate(String id) {
                throw new UnsupportedOperationException();
            }
        };
        bed.start(TIMING, AmqpBed.BROKER.uri(), broken, TestSink.of(event -> {}), bed.event());

        assertThat(bed.awaitState(State.DOWN).problem()).contains("NoClassDefFoundError", "example/Missing");
        bed.awaitState(State.UP);
    }

    private void start(String uri, TestSink sink, AmqpEvent... events) {
        bed.start(TIMING, uri, AmqpBed.BROKER.secrets(), sink, events);
    }

    private static void assertFourAttemptsTakeTheirTime(List<Long> attempts) {
        Await.until(attempts::size, size -> size >= 4);
        assertThat(Duration.ofNanos(attempts.get(3) - attempts.get(0))).isGreaterThan(FOUR_ATTEMPTS);
    }
}
