package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.amqp.AmqpEvent.BodyFormat;
import io.jenkins.plugins.understack.workbench.simulator.RabbitMqProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmqpReceiverTest {
    private static final TestBroker BROKER = TestBroker.get();

    private final String unique = UUID.randomUUID().toString();
    private final String exchange = "exchange-" + unique;
    private final String queue = "queue-" + unique;
    private final String dead = "dead-" + unique;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Connection connection;
    private Channel channel;
    private AmqpReceiver receiver;

    @BeforeEach
    void connect() throws Exception {
        connection = BROKER.connect();
        channel = connection.createChannel();
    }

    @AfterEach
    void close() throws Exception {
        if (receiver != null) {
            receiver.close();
        }
        for (String name : List.of(queue, dead)) {
            delete(channel -> channel.queueDelete(name));
        }
        delete(channel -> channel.exchangeDelete(exchange));
        connection.abort();
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

    @Test
    void aMessageBecomesAnEventAsArgoHasIt() throws Exception {
        start(event(BodyFormat.JSON), events::add);
        channel.basicPublish(
                exchange,
                "notifications.info",
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .messageId("m-1")
                        .timestamp(new Date(1_000))
                        .headers(Map.of("traceparent", "00-1", "count", 7))
                        .build(),
                "{\"a\": 1.50}".getBytes(StandardCharsets.UTF_8));

        Event event = next();

        assertThat(event.id()).isEqualTo("m-1");
        assertThat(event.type()).isEqualTo("amqp");
        assertThat(event.data())
                .hasToString("{\"contentType\":\"application/json\",\"contentEncoding\":\"\",\"deliveryMode\":2,\"priority\":0,"
                        + "\"correlationId\":\"\",\"replyTo\":\"\",\"expiration\":\"\",\"messageId\":\"m-1\","
                        + "\"timestamp\":\"1970-01-01T00:00:01Z\",\"type\":\"\",\"appId\":\"\",\"exchange\":\"" + exchange
                        + "\",\"routingKey\":\"notifications.info\","
                        + "\"headers\":" + event.data().path("headers") + ",\"body\":{\"a\":1.50},\"metadata\":{\"site\":\"lab\"}}");
        assertThat(event.data().path("headers").path("traceparent").asText()).isEqualTo("00-1");
        assertThat(event.data().path("headers").path("count").asInt()).isEqualTo(7);
    }

    @Test
    void anOsloEnvelopeIsOpened() throws Exception {
        start(event(BodyFormat.OSLO), events::add);
        publish("{\"oslo.version\":\"2.0\",\"oslo.message\":\"{\\\"message_id\\\":\\\"o-1\\\",\\\"event_type\\\":\\\"a.b\\\"}\"}");

        Event event = next();

        assertThat(event.id()).isEqualTo("o-1");
        assertThat(event.type()).isEqualTo("a.b");
        assertThat(event.data().path("body").path("event_type").asText()).isEqualTo("a.b");
    }

    @Test
    void bytesBecomeBase64() throws Exception {
        start(event(BodyFormat.BASE64), events::add);
        publish("hello");

        assertThat(next().data().path("body").asText()).isEqualTo("aGVsbG8=");
    }

    @Test
    void severalRoutingKeysAndSeveralEventsOfOneSource() throws Exception {
        AmqpEvent first = event("first", exchange, true, queue, List.of("a.*", "b.c"), BodyFormat.JSON);
        AmqpEvent second = event("second", exchange, true, dead, List.of("z"), BodyFormat.JSON);
        start(source(BROKER.uri(), TestBroker.CREDENTIALS_ID, first, second), BROKER.secrets(), events::add);
        awaitState(State.UP);

        for (String key : List.of("a.x", "b.c", "z", "nobody")) {
            channel.basicPublish(exchange, key, null, "1".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(List.of(next().name(), next().name(), next().name())).containsExactlyInAnyOrder("first", "first", "second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "not json                                        | JSON",
        "{\"oslomessage\": \"{}\"}                       | OSLO",
        "{\"oslo.message\": \"{}\"}                      | OSLO",
        "{\"oslo.message\": \"{\\\"event_type\\\": 1}\"} | OSLO",
    })
    void unreadableMessagesGoToTheDeadLetterExchangeAndTheConsumerGoesOn(String body, BodyFormat format) throws Exception {
        start(event(format), events::add);
        publish(body);
        publish(format == BodyFormat.JSON ? "1" : "{\"oslo.message\": \"{\\\"event_type\\\": \\\"x\\\"}\"}");

        next();

        assertThat(receiver.status().rejected()).isEqualTo(1);
        assertThat(receiver.status().lastRejection()).contains("event \"event\": message rejected: ");
        assumeTrue(BROKER.isRabbitMq(), "the rest needs a dead-letter exchange, which the embedded broker has not");
        byte[] rejected = Await.until(() -> channel.basicGet(dead, true), message -> message != null).getBody();
        assertThat(new String(rejected, StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Test
    void aBodyOfTenMegabytesIsRejected() throws Exception {
        start(event(BodyFormat.JSON), events::add);
        channel.basicPublish(exchange, "notifications.info", null, new byte[10 * 1024 * 1024]);
        publish("1");

        next();

        assertThat(receiver.status().rejected()).isEqualTo(1);
        assertThat(receiver.status().state()).isEqualTo(State.UP);
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsAccepted() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        start(event(BodyFormat.JSON), event -> {
            if (attempts.incrementAndGet() == 1) {
                throw new EventNotAcceptedException("Jenkins is shutting down");
            }
            events.add(event);
        });
        publish("1");

        next();

        assertThat(attempts).hasValue(2);
    }

    @Test
    void aMessageThatCannotBeHandledTwiceIsRejected() throws Exception {
        start(event(BodyFormat.JSON), event -> {
            if (event.data().path("body").asInt() == 1) {
                throw new IllegalStateException("a bug");
            }
            events.add(event);
        });
        publish("1");
        publish("2");

        assertThat(next().data().path("body").asInt()).isEqualTo(2);
        Await.until(() -> receiver.status().rejected(), rejected -> rejected == 1);
        assumeTrue(BROKER.isRabbitMq(), "the rest needs a dead-letter exchange, which the embedded broker has not");
        Await.until(() -> channel.basicGet(dead, true), message -> message != null);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        start(
                source(BROKER.uri(), "wrong", event(BodyFormat.JSON)),
                new MapSecrets().with("wrong", BROKER.username(), "hunter2"),
                events::add);

        assertThat(awaitState(State.DOWN).problem())
                .startsWith("credentialsId: the broker refused user and password of credential \"wrong\"")
                .doesNotContain("hunter2");
    }

    @Test
    void saysThatTheCredentialDoesNotExist() {
        start(source(BROKER.uri(), "nothing", event(BodyFormat.JSON)), new MapSecrets(), events::add);

        assertThat(awaitState(State.DOWN).problem()).isEqualTo("credentialsId: credential \"nothing\" does not exist");
    }

    @Test
    void saysThatTheVirtualHostDoesNotExist() {
        String uri = BROKER.uri().replaceAll("/[^/]*$", "/no-such-vhost");
        start(source(uri, TestBroker.CREDENTIALS_ID, event(BodyFormat.JSON)), BROKER.secrets(), events::add);

        assertThat(awaitState(State.DOWN).problem()).startsWith("uri: ").contains("\"no-such-vhost\"");
    }

    @Test
    void saysThatNothingAnswers() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        start(
                source("amqp://127.0.0.1:" + port + "/x", TestBroker.CREDENTIALS_ID, event(BodyFormat.JSON)),
                BROKER.secrets(),
                events::add);

        assertThat(awaitState(State.DOWN).problem()).startsWith("uri: nothing answers at 127.0.0.1:" + port);
    }

    @Test
    void otherDurabilityIsSaidMendedAndDoesNotStopOtherEvents() throws Exception {
        assumeTrue(BROKER.isRabbitMq(), "the embedded broker accepts any durability");
        channel.exchangeDeclare(exchange, "topic", false);
        channel.exchangeDeclare("other-" + exchange, "topic", true);
        AmqpEvent wrong = event("wrong", exchange, true, queue, List.of("k"), BodyFormat.JSON);
        AmqpEvent right = event("right", "other-" + exchange, true, dead, List.of("k"), BodyFormat.JSON);
        start(source(BROKER.uri(), TestBroker.CREDENTIALS_ID, wrong, right), BROKER.secrets(), events::add);

        assertThat(awaitState(State.DOWN).problem())
                .startsWith("event \"wrong\": exchange: exists on the broker with other properties than configured here");
        channel.basicPublish("other-" + exchange, "k", null, "1".getBytes(StandardCharsets.UTF_8));
        assertThat(next().name()).isEqualTo("right");

        channel.exchangeDelete(exchange);
        awaitState(State.UP);
        channel.exchangeDelete("other-" + exchange);
    }

    @Test
    void aDeletedQueueIsDeclaredAgain() throws Exception {
        assumeTrue(BROKER.isRabbitMq(), "the embedded broker does not say that a queue was deleted");
        start(event(BodyFormat.JSON), events::add);
        channel.queueDelete(queue);

        Await.until(
                () -> {
                    try (Channel look = connection.createChannel()) {
                        return look.queueDeclarePassive(queue).getConsumerCount();
                    } catch (IOException e) {
                        return 0;
                    }
                },
                consumers -> consumers == 1);
        publish("1");
        next();
    }

    @Test
    void readingIsEnoughWithoutDeclaring() throws Exception {
        assumeTrue(BROKER.isRabbitMq() && System.getenv("UNDERSTACK_TEST_AMQP_URI") == null, "needs a user without rights");
        channel.exchangeDeclare(exchange, "topic", true);
        Secrets secrets = new MapSecrets().with("reader", RabbitMqProcess.READER, BROKER.password());
        AmqpEvent passive = new AmqpEvent(
                "event",
                new AmqpEvent.Exchange(exchange, "topic", true),
                List.of(),
                new AmqpEvent.Queue(queue, true, Map.of()),
                false,
                10,
                "reader-tag",
                BodyFormat.JSON,
                null,
                1_000,
                Map.of());
        start(source(BROKER.uri(), "reader", passive), secrets, events::add);
        assertThat(awaitState(State.DOWN).problem()).contains("does not exist; create it, or set declare: true");

        channel.queueDeclare(queue, true, false, false, Map.of());
        awaitState(State.UP);
        channel.basicPublish("", queue, null, "1".getBytes(StandardCharsets.UTF_8));
        next();
        receiver.close();

        start(source(BROKER.uri(), "reader", event(BodyFormat.JSON)), secrets, events::add);
        assertThat(awaitState(State.DOWN).problem()).contains("the user lacks a right: declaring needs configure, write and read");
    }

    @Test
    void takesNoMoreThanThePrefetchAllows() throws Exception {
        assumeTrue(BROKER.isRabbitMq(), "the embedded broker counts messages in flight as ready");
        BlockingQueue<Object> go = new LinkedBlockingQueue<>();
        start(event(BodyFormat.JSON), event -> {
            try {
                go.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            events.add(event);
        });
        for (int i = 0; i < 50; i++) {
            publish("1");
        }

        // Prefetch is 10: the other 40 stay with the broker.
        Await.until(() -> channel.messageCount(queue), ready -> ready == 40);
        for (int i = 0; i < 50; i++) {
            go.add("");
        }
        for (int i = 0; i < 50; i++) {
            next();
        }
        Await.until(() -> channel.messageCount(queue), ready -> ready == 0);
    }

    @Test
    void closingLeavesUnhandledMessagesInTheQueue() throws Exception {
        start(event(BodyFormat.JSON), events::add);
        receiver.close();
        publish("1");

        // The broker may still have to take it back from the consumer that has just gone.
        Await.until(() -> channel.messageCount(queue), ready -> ready == 1);
        assertThat(events).isEmpty();
    }

    private AmqpEvent event(BodyFormat format) {
        return event("event", exchange, true, queue, List.of("notifications.info"), format);
    }

    private AmqpEvent event(
            String name, String exchangeName, boolean durable, String queueName, List<String> keys, BodyFormat format) {
        return new AmqpEvent(
                name,
                new AmqpEvent.Exchange(exchangeName, "topic", durable),
                keys,
                new AmqpEvent.Queue(
                        queueName, true, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead)),
                true,
                10,
                null,
                format,
                null,
                EventSource.DEFAULT_MAX_PAYLOAD_SIZE,
                Map.of("site", "lab"));
    }

    private static AmqpEventSource source(String uri, String credentialsId, AmqpEvent... events) {
        return new AmqpEventSource("source", uri, credentialsId, null, List.of(events));
    }

    /** Starts and waits until messages are consumed. */
    private void start(AmqpEvent event, TestSink sink) throws IOException {
        channel.queueDeclare(dead, true, false, false, Map.of());
        start(source(BROKER.uri(), TestBroker.CREDENTIALS_ID, event), BROKER.secrets(), sink);
        awaitState(State.UP);
    }

    private void start(AmqpEventSource source, Secrets secrets, TestSink sink) {
        receiver = source.start(sink, secrets, Clock.systemUTC(), new Metrics().source(source.name()));
    }

    private SourceStatus awaitState(State state) {
        return Await.until(() -> receiver.status(), status -> status.state() == state);
    }

    private void publish(String body) throws IOException {
        channel.basicPublish(exchange, "notifications.info", null, body.getBytes(StandardCharsets.UTF_8));
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(40, TimeUnit.SECONDS);
        assertThat(event).as("an event within 40 s").isNotNull();
        return event;
    }
}
