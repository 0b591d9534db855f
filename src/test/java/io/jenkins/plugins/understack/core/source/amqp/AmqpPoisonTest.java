package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that must not stop the ones behind them. */
class AmqpPoisonTest {
    private AmqpBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    @Test
    void anErrorOfTheSinkIsHandledLikeAnException() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        Collection<Integer> accepted = new ConcurrentLinkedQueue<>();
        bed.start(
                AmqpBed.BROKER.uri(),
                event -> {
                    int number = event.data().path("body").asInt();
                    if (number == 1) {
                        failures.incrementAndGet();
                        throw new NoClassDefFoundError("example/Missing");
                    }
                    accepted.add(number);
                },
                bed.event());
        bed.awaitState(State.UP);
        bed.publish("1");
        bed.publish("2");

        Await.until(() -> accepted.contains(2), yes -> yes);
        Await.until(() -> bed.receiver.status().rejected(), rejected -> rejected == 1);
        assertThat(failures).hasValue(2);
        assertThat(bed.receiver.status().state()).isEqualTo(State.UP);
    }

    /** Above the 64 MiB that the client takes by default. */
    @Test
    void aHugeMessageIsRejectedAndTheNextOneTaken() throws Exception {
        Collection<Integer> accepted = new ConcurrentLinkedQueue<>();
        bed.start(AmqpBed.BROKER.uri(), event -> accepted.add(event.data().path("body").asInt()), bed.event());
        bed.awaitState(State.UP);
        bed.channel.basicPublish(bed.exchange, "k", null, new byte[68 * 1024 * 1024]);
        bed.publish("2");

        Await.until(() -> accepted.contains(2), yes -> yes);
        assertThat(bed.receiver.status().rejected()).isEqualTo(1);
        assertThat(bed.receiver.status().lastRejection()).contains("71303168 bytes", "maxPayloadSize");
        assertThat(bed.receiver.status().state()).isEqualTo(State.UP);
    }
}
