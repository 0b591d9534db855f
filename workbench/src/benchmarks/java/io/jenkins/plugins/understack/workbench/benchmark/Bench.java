package io.jenkins.plugins.understack.workbench.benchmark;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.jenkins.plugins.understack.core.source.amqp.Messages;
import io.jenkins.plugins.understack.workbench.simulator.RabbitMqProcess;
import java.io.IOException;

/** A RabbitMQ of our own, and full queues in it. */
final class Bench implements AutoCloseable {
    private static final String EXCHANGE = "bench";
    private static final int UNCONFIRMED = 2_000;

    private final RabbitMqProcess broker;
    private long published;

    private Bench(RabbitMqProcess broker) {
        this.broker = broker;
    }

    static Bench start() throws IOException {
        if (!RabbitMqProcess.isInstalled()) {
            throw new IOException("needs RabbitMQ: the command rabbitmq-server is not in the PATH");
        }
        return new Bench(RabbitMqProcess.start());
    }

    String uri() {
        return broker.uri();
    }

    String username() {
        return RabbitMqProcess.USERNAME;
    }

    String password() {
        return RabbitMqProcess.PASSWORD;
    }

    String uriWithLogin() {
        return broker.uri().replace("amqp://", "amqp://" + username() + ":" + password() + "@");
    }

    int bytes() {
        return Messages.body("baremetal.port.create.end", 0).length;
    }

    Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uriWithLogin());
        return factory.newConnection("bench");
    }

    /** The same messages, each with an id of its own, into each of the queues, which are made anew. */
    void fill(String eventType, int messages, String... queues) throws Exception {
        BasicProperties persistent = MessageProperties.PERSISTENT_BASIC;
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDelete(EXCHANGE);
            channel.exchangeDeclare(EXCHANGE, "topic", true);
            for (String queue : queues) {
                channel.queueDelete(queue);
                channel.queueDeclare(queue, true, false, false, null);
                channel.queueBind(queue, EXCHANGE, "event");
            }
            channel.confirmSelect();
            for (int i = 1; i <= messages; i++) {
                channel.basicPublish(EXCHANGE, "event", persistent, Messages.body(eventType, published++));
                if (i % UNCONFIRMED == 0 || i == messages) {
                    channel.waitForConfirmsOrDie(60_000);
                }
            }
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
