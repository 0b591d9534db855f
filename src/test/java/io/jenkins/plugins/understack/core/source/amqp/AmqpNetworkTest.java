package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks that cut, stall, crawl and forget. With heartbeats every second, where the default is 20 s. */
class AmqpNetworkTest {
    private static final int PREFETCH = 20;
    private static final int BATCH = 100;
    private static final long SEED = 4;

    private final StoreSink store = new StoreSink();
    private AmqpBed bed;
    private BrokerProxy proxy;
    private int published;

    private interface Fault {
        void happen() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
        proxy = new BrokerProxy(AmqpBed.BROKER.uri());
    }

    @AfterEach
    void close() throws Exception {
        proxy.resume();
        bed.close();
        proxy.close();
        store.close();
    }

    /** The first of two promises: nothing is lost. The second, nothing twice, is kept by the id, which stays the same. */
    @Test
    void nothingIsLostWhateverTheNetworkDoes() throws Exception {
        Random random = new Random(SEED);
        List<Fault> faults = new ArrayList<>(
                List.of(this::stallUntilNoticed, this::crawl, this::crawl, proxy::dropFromBroker, proxy::dropFromClient));
        for (int i = 0; i < 15; i++) {
            faults.add(proxy::disconnect);
        }
        Collections.shuffle(faults, random);
        // So that messages are safe and not yet acknowledged when something happens.
        store.delay = Duration.ofMillis(1);
        start();

        for (Fault fault : faults) {
            for (int i = 0; i < BATCH; i++) {
                bed.publish(Integer.toString(published++));
            }
            int moment = published - BATCH + random.nextInt(BATCH);
            Await.until(this::distinct, distinct -> distinct >= moment);
            Await.until(proxy::open, open -> open > 0);
            fault.happen();
        }
        Await.until(this::distinct, distinct -> distinct == published);

        List<String> accepted = store.accepted();
        assertThat(proxy.connections).hasSizeGreaterThan(15);
        assertThat(accepted.size() - published).as("twice: at most what was not acknowledged").isLessThanOrEqualTo(faults.size() * PREFETCH);
        bed.awaitState(State.UP);
        bed.receiver.close();
        Await.until(() -> bed.channel.consumerCount(bed.queue), consumers -> consumers == 0);
        assertThat(bed.channel.messageCount(bed.queue)).isZero();
    }

    /** Nobody closes a half-open connection: only its silence tells. */
    @Test
    void aConnectionThatTheNetworkForgotIsNoticedWithinThreeHeartbeats() throws Exception {
        start();

        long forgotten = System.nanoTime();
        proxy.dropFromBroker();

        assertThat(bed.awaitState(State.DOWN).problem())
                .startsWith("uri: 127.0.0.1:")
                .contains("has gone silent, the connection was given up");
        assertThat(Duration.ofNanos(System.nanoTime() - forgotten))
                .isGreaterThan(AmqpBed.IMPATIENT.heartbeat())
                .isLessThan(AmqpBed.IMPATIENT.heartbeat().multipliedBy(3).plusSeconds(1));
        bed.awaitState(State.UP);
    }

    @Test
    void aBrokerThatAnswersNothingIsGivenUpAndTriedAgain() throws Exception {
        proxy.stall();
        bed.startImpatient(proxy.uri(), AmqpBed.BROKER.secrets(), store, event());

        assertThat(bed.awaitState(State.DOWN).problem()).startsWith("uri: 127.0.0.1:").contains("did not answer in time");
        proxy.resume();
        bed.awaitState(State.UP);
    }

    @Test
    void aConnectionThatIsCutIsSaid() throws Exception {
        bed.start(proxy.uri(), event -> {}, event());
        bed.awaitState(State.UP);

        proxy.disconnect();

        assertThat(bed.awaitState(State.DOWN).problem()).startsWith("the connection to 127.0.0.1:").contains(" was cut; ");
        bed.awaitState(State.UP);
    }

    @Test
    void anAlarmOfTheBrokerIsSaid() throws Exception {
        start();
        byte[] reason = "low on memory".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream blocked = new ByteArrayOutputStream();
        blocked.write(new byte[] {0, 10, 0, 60, (byte) reason.length});
        blocked.write(reason);

        proxy.sayAsBroker(blocked.toByteArray());

        assertThat(bed.awaitState(State.BUSY).problem()).contains("takes no new messages from anybody (low on memory)");
        bed.publish("1");
        Await.until(store::accepted, List.of("1")::equals);

        proxy.sayAsBroker(new byte[] {0, 10, 0, 61});
        assertThat(bed.awaitState(State.UP).problem()).isNull();
    }

    private void stallUntilNoticed() {
        proxy.stall();
        bed.awaitState(State.DOWN);
        proxy.resume();
    }

    private void crawl() {
        int before = distinct();
        proxy.slow(Duration.ofMillis(5));
        Await.until(this::distinct, distinct -> distinct >= Math.min(before + 20, published));
        proxy.resume();
    }

    private int distinct() {
        return new HashSet<>(store.accepted()).size();
    }

    private AmqpEvent event() {
        return bed.event("event", "topic", bed.queue, PREFETCH, Map.of());
    }

    private void start() {
        bed.startImpatient(proxy.uri(), AmqpBed.BROKER.secrets(), store, event());
        bed.awaitState(State.UP);
    }
}
