package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.workbench.simulator.RabbitMqProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A RabbitMQ to which things happen, beside one to which nothing happens and whose source must not notice. */
class AmqpBrokerFaultsTest {
    private static final String USER = "jenkins";
    /** Waits as usual in their order, but short; long enough to see that something is wrong. */
    private static final AmqpTiming TIMING = new AmqpTiming(
            AmqpTiming.DEFAULT.connect(), AmqpTiming.DEFAULT.heartbeat(), Duration.ofMillis(300), Duration.ofSeconds(1),
            Duration.ofMillis(100), AmqpTiming.DEFAULT.delivery());

    private static RabbitMqProcess rabbitMq;
    private static String password = "first";

    private final MapSecrets secrets = new MapSecrets()
            .with("login", USER, password)
            .with("healthy", TestBroker.get().username(), TestBroker.get().password());
    private final StoreSink store = new StoreSink();
    private final String queue = "queue-" + UUID.randomUUID();
    private final String otherQueue = "other-" + queue;
    private AmqpReceiver receiver;
    private AmqpReceiver other;
    private SourceStatus healthy;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RabbitMqProcess.isInstalled(), "needs the command rabbitmq-server");
        rabbitMq = RabbitMqProcess.start();
        rabbitMq.ctl("eval", addUser());
    }

    @AfterAll
    static void stop() {
        if (rabbitMq != null) {
            rabbitMq.close();
        }
    }

    @BeforeEach
    void configure() {
        receiver = start(source("source", rabbitMq.uri(), "login", queue), store);
        other = start(source("healthy", TestBroker.get().uri(), "healthy", otherQueue), store);
        await(State.UP);
        healthy = Await.until(other::status, status -> status.state() == State.UP);
    }

    /** Others are not touched, whatever has happened. */
    @AfterEach
    void close() throws Exception {
        try {
            assertThat(other.status()).isEqualTo(healthy);
        } finally {
            receiver.close();
            other.close();
            store.close();
            try (Connection connection = TestBroker.get().connect()) {
                connection.createChannel().queueDelete(otherQueue);
            }
        }
    }

    @Test
    void aBrokerThatDiesAndComesBack() throws Exception {
        publish("1");
        Await.until(store::accepted, List.of("1")::equals);

        rabbitMq.kill();

        assertThat(await(State.DOWN).problem()).contains("127.0.0.1:");
        Await.until(() -> receiver.status().problem(), problem -> problem.startsWith("uri: nothing answers at 127.0.0.1:"));
        rabbitMq.launch();
        await(State.UP);
        publish("2");
        Await.until(store::accepted, accepted -> accepted.contains("2"));
    }

    @Test
    void anOperatorEndsAllConnections() throws Exception {
        // The command takes longer than the source to connect again.
        CompletableFuture<Void> operator = CompletableFuture.runAsync(() -> {
            try {
                rabbitMq.ctl("close_all_connections", "-p", "ironic", "maintenance");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(await(State.DOWN).problem()).contains("the broker or its operator ended the connection", "maintenance");
        await(State.UP);
        operator.join();
    }

    @Test
    void theUserIsRemovedAndComesBackWithAnotherPassword() throws Exception {
        rabbitMq.ctl("delete_user", USER);

        Await.until(
                () -> receiver.status().problem(),
                problem -> problem != null && problem.startsWith("credentialsId: the broker refused user and password of credential \"login\""));
        password = "second";
        rabbitMq.ctl("eval", addUser());
        secrets.with("login", USER, password);
        await(State.UP);
    }

    @Test
    void theVirtualHostIsRemovedAndComesBack() throws Exception {
        rabbitMq.ctl("delete_vhost", "ironic");

        Await.until(
                () -> receiver.status().problem(),
                problem -> problem != null && problem.startsWith("uri: virtual host \"ironic\" does not exist or the user may not use it"));
        rabbitMq.ctl("eval", "rabbit_vhost:add(<<\"ironic\">>, <<\"test\">>), " + grant(USER) + ", " + grant(RabbitMqProcess.USERNAME) + ".");
        await(State.UP);
        publish("1");
        Await.until(store::accepted, List.of("1")::equals);
    }

    /** RabbitMQ tells publishers only; what is in the queue still comes. */
    @Test
    void anAlarmDoesNotKeepMessagesThatWait() throws Exception {
        store.full = new TooManyEventsException("the inbox is full");
        publish("1");
        await(State.BUSY);
        rabbitMq.ctl("set_vm_memory_high_watermark", "0.0000001");
        try {
            store.full = null;
            Await.until(store::accepted, accepted -> accepted.contains("1"));
            await(State.UP);
        } finally {
            rabbitMq.ctl("set_vm_memory_high_watermark", "0.4");
        }
    }

    @Test
    void theBrokerDoesNotWaitForAnAcknowledgementForEver() throws Exception {
        rabbitMq.ctl(
                "eval",
                "application:set_env(rabbit, consumer_timeout, 1000), application:set_env(rabbit, channel_tick_interval, 500).");
        CompletableFuture<Void> never = new CompletableFuture<>();
        publish("1");
        Await.until(store::accepted, List.of("1")::equals);
        receiver.close();
        EventSink endless = new EventSink() {
            @Override
            public CompletableFuture<Void> accept(Event event) {
                return never;
            }

            @Override
            public CompletableFuture<Void> bury(UnreadableMessage message) {
                return never;
            }
        };
        receiver = start(source("slow", rabbitMq.uri(), "login", queue), endless);
        publish("2");

        SourceStatus status = await(State.DOWN);

        assertThat(status.problem())
                .startsWith("event \"event\": messages were not acknowledged within the broker's consumer_timeout");
        never.complete(null);
        Await.until(() -> receiver.status().received(), received -> received >= 1);
    }

    private SourceStatus await(State state) {
        return Await.until(receiver::status, status -> status.state() == state);
    }

    private AmqpReceiver start(AmqpEventSource source, EventSink sink) {
        return AmqpBed.start(TIMING, source, secrets, sink);
    }

    private static String addUser() {
        return "rabbit_auth_backend_internal:add_user(<<\"" + USER + "\">>, <<\"" + password + "\">>, <<\"test\">>), " + grant(USER)
                + ".";
    }

    private static String grant(String user) {
        return "rabbit_auth_backend_internal:set_permissions(<<\"" + user
                + "\">>, <<\"ironic\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"test\">>)";
    }

    private static AmqpEventSource source(String name, String uri, String credentialsId, String queue) {
        AmqpEvent event = new AmqpEvent(
                "event",
                new AmqpEvent.Exchange("", "direct", true),
                List.of(),
                new AmqpEvent.Queue(queue, true, Map.of()),
                true,
                10,
                null,
                AmqpEvent.BodyFormat.JSON,
                null,
                EventSource.DEFAULT_MAX_PAYLOAD_SIZE,
                Map.of());
        return new AmqpEventSource(name, uri, credentialsId, null, List.of(event));
    }

    /** Returns when the broker has it. */
    private void publish(String id) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(rabbitMq.uri());
        factory.setUsername(RabbitMqProcess.USERNAME);
        factory.setPassword(RabbitMqProcess.PASSWORD);
        try (Connection connection = factory.newConnection("test")) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    queue,
                    new BasicProperties.Builder().messageId(id).deliveryMode(2).build(),
                    id.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}
