package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that is configured again and again leaves nothing behind. */
class AmqpReconfigurationTest {
    private static final int TIMES = 1_000;

    private final StoreSink store = new StoreSink();
    private AmqpBed bed;
    private BrokerProxy proxy;
    private EventReceivers receivers;
    private int published;

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
        proxy = new BrokerProxy(AmqpBed.BROKER.uri());
        receivers = new EventReceivers(store, AmqpBed.BROKER.secrets(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        receivers.close();
        bed.close();
        proxy.close();
        store.close();
    }

    @Test
    void threadsAndConnectionsStayConstant() throws Exception {
        configure(0);
        takeOneMessage();
        List<String> before = threads();

        for (int i = 1; i <= TIMES; i++) {
            configure(i);
            if (i % 50 == 0) {
                takeOneMessage();
            }
        }
        takeOneMessage();

        Await.until(proxy::open, open -> open == 1);
        assertThat(proxy.connections.size()).isGreaterThan(TIMES / 50);
        Await.until(AmqpReconfigurationTest::threads, before::equals);
    }

    private void configure(int number) {
        AmqpEvent event = bed.event("event", "topic", bed.queue, 1 + number % 2, Map.of());
        receivers.configure(
                List.of(new AmqpEventSource("reconfigured", proxy.uri(), TestBroker.CREDENTIALS_ID, null, List.of(event))));
    }

    private void takeOneMessage() throws Exception {
        Await.until(() -> receivers.status().get(0).state(), State.UP::equals);
        String id = Integer.toString(published++);
        bed.publish(id);
        Await.until(store::accepted, accepted -> accepted.contains(id));
    }

    /** Names without numbers, of those that a source may have started. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName().replaceAll("[0-9.:]+", "#"))
                .filter(name -> name.startsWith("UnderStack") || name.startsWith("AMQP") || name.startsWith("pool-"))
                .sorted()
                .toList();
    }
}
