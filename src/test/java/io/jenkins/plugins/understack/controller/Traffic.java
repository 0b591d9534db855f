package io.jenkins.plugins.understack.controller;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.config.AmqpEventConfig;
import io.jenkins.plugins.understack.config.AmqpEventSourceConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Messages for a controller that is a process of its own, through the test broker. */
final class Traffic implements AutoCloseable {
    private static final String ROUTING_KEY = "node";
    /** A notification has about 2 kB. */
    private static final String REST = "x".repeat(1_900);

    private final Address address = new Address(
            TestBroker.get().uri(), TestBroker.get().username(), TestBroker.get().password(), "traffic-" + UUID.randomUUID());
    private final Connection connection;
    private final Channel channel;

    /** What the controller has to know. */
    record Address(String uri, String username, String password, String exchange) implements Serializable {
        static final String SOURCE = "traffic";
        static final String EVENT = "nodes";

        /** In the controller: makes it consume. */
        void configure() throws Exception {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, TestBroker.CREDENTIALS_ID, null, username, password));
            SystemCredentialsProvider.getInstance().save();
            AmqpEventConfig event = new AmqpEventConfig(EVENT);
            event.setExchange(exchange);
            event.setRoutingKeys(List.of(ROUTING_KEY));
            event.setQueue(exchange);
            AmqpEventSourceConfig source = new AmqpEventSourceConfig(SOURCE, uri);
            source.setCredentialsId(TestBroker.CREDENTIALS_ID);
            source.setEvents(List.of(event));
            UnderstackConfiguration.get().setEventSources(List.of(source));
        }
    }

    Traffic() throws Exception {
        connection = TestBroker.get().connect();
        channel = connection.createChannel();
        channel.exchangeDeclare(address.exchange(), "topic", true);
        // Messages wait there while there is no controller.
        channel.queueDeclare(address.exchange(), true, false, false, null);
        channel.queueBind(address.exchange(), address.exchange(), ROUTING_KEY);
        channel.confirmSelect();
    }

    Address address() {
        return address;
    }

    /** @param job {@code body.job}, which says what is wanted */
    void publish(String id, String job) throws Exception {
        String body = "{\"id\": \"" + id + "\", \"job\": \"" + job + "\", \"rest\": \"" + REST + "\"}";
        channel.basicPublish(
                address.exchange(),
                ROUTING_KEY,
                new BasicProperties.Builder().messageId(id).deliveryMode(2).build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns when the broker has all that was published. */
    void awaitConfirms() throws Exception {
        channel.waitForConfirmsOrDie(20_000);
    }

    @Override
    public void close() throws Exception {
        channel.queueDelete(address.exchange());
        channel.exchangeDelete(address.exchange());
        connection.close();
    }
}
