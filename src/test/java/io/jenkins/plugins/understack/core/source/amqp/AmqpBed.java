package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An exchange and queues of one test at the {@link TestBroker}, and the receiver under test. */
final class AmqpBed implements AutoCloseable {
    static final AmqpTiming IMPATIENT = new AmqpTiming(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(500));
    static final TestBroker BROKER = TestBroker.get();

    final String exchange = "exchange-" + UUID.randomUUID();
    final String queue = "queue-" + UUID.randomUUID();
    final String otherQueue = "other-" + queue;
    final Connection connection;
    final Channel channel;
    AmqpReceiver receiver;

    AmqpBed() throws Exception {
        connection = BROKER.connect();
        channel = connection.createChannel();
    }

    AmqpEvent event() {
        return event("event", "topic", queue, 100, Map.of());
    }

    AmqpEvent event(String name, String type, String queueName, int prefetch, Map<String, Object> arguments) {
        return new AmqpEvent(
                name,
                new AmqpEvent.Exchange(type.equals("topic") ? exchange : exchange + "-" + type, type, true),
                List.of("k"),
                new AmqpEvent.Queue(queueName, true, arguments),
                true,
                prefetch,
                null,
                AmqpEvent.BodyFormat.JSON,
                null,
                EventSource.DEFAULT_MAX_PAYLOAD_SIZE,
                Map.of());
    }

    AmqpReceiver start(String uri, TestSink sink, AmqpEvent... events) {
        return start(uri, BROKER.secrets(), sink, events);
    }

    AmqpReceiver start(String uri, Secrets secrets, TestSink sink, AmqpEvent... events) {
        return start(AmqpTiming.DEFAULT, uri, secrets, sink, events);
    }

    /** With less patience than is usual. */
    AmqpReceiver startImpatient(String uri, Secrets secrets, EventSink sink, AmqpEvent... events) {
        return start(IMPATIENT, uri, secrets, sink, events);
    }

    AmqpReceiver start(AmqpTiming timing, String uri, Secrets secrets, EventSink sink, AmqpEvent... events) {
        receiver = start(timing, new AmqpEventSource("source", uri, TestBroker.CREDENTIALS_ID, null, List.of(events)), secrets, sink);
        return receiver;
    }

    static AmqpReceiver start(AmqpTiming timing, AmqpEventSource source, Secrets secrets, EventSink sink) {
        SourceHealth health = new SourceHealth(source, Clock.systemUTC(), new Metrics().source(source.name()));
        return AmqpReceiver.start(source, sink, secrets, health, Clock.systemUTC(), timing);
    }

    SourceStatus awaitState(State state) {
        return Await.until(() -> receiver.status(), status -> status.state() == state);
    }

    /** @param body of the message, and its id */
    void publish(String body) throws IOException {
        channel.basicPublish(
                exchange,
                "k",
                new BasicProperties.Builder().messageId(body).deliveryMode(2).build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private interface Deletion {
        void on(Channel channel) throws IOException;
    }

    /** On a channel of its own: not every broker takes it well when there is nothing to delete. */
    private void delete(Deletion deletion) throws IOException {
        try {
            deletion.on(connection.createChannel());
        } catch (IOException e) {
            assertThat(e.getCause()).hasMessageContaining("404");
        }
    }

    @Override
    public void close() throws IOException {
        if (receiver != null) {
            receiver.close();
        }
        delete(any -> any.queueDelete(queue));
        delete(any -> any.queueDelete(otherQueue));
        delete(any -> any.exchangeDelete(exchange));
        connection.abort();
    }
}
