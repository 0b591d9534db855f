package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One event of a source at work: a channel of its own, so that a mistake in one event does not stop the others. Ends once:
 * after a fault the receiver opens a new one.
 */
final class AmqpSubscription {
    private static final Logger LOGGER = Logger.getLogger(AmqpSubscription.class.getName());

    private final AmqpEventSource source;
    private final AmqpEvent event;
    private final EventSink sink;
    private final SourceHealth health;
    private final AmqpMessageReader reader;
    private final Runnable onFault;
    private final Channel channel;
    private volatile String fault;

    private AmqpSubscription(
            Channel channel, AmqpEventSource source, AmqpEvent event, EventSink sink, SourceHealth health, Clock clock, Runnable onFault) {
        this.channel = channel;
        this.source = source;
        this.event = event;
        this.sink = sink;
        this.health = health;
        this.reader = new AmqpMessageReader(source.name(), event, clock);
        this.onFault = onFault;
    }

    /**
     * Declares, binds and consumes.
     *
     * @param onFault called by any thread when the subscription has ended by itself
     */
    static AmqpSubscription open(
            Connection connection, AmqpEventSource source, AmqpEvent event, EventSink sink, SourceHealth health, Clock clock, Runnable onFault)
            throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no further channel on this connection");
        }
        AmqpSubscription subscription = new AmqpSubscription(channel, source, event, sink, health, clock, onFault);
        subscription.declare();
        channel.addShutdownListener(subscription::channelClosed);
        channel.basicQos(event.prefetch());
        channel.basicConsume(
                event.queue().name(), false, event.consumerTag() == null ? "" : event.consumerTag(), subscription.new Deliveries());
        return subscription;
    }

    private void declare() throws IOException {
        AmqpEvent.Exchange exchange = event.exchange();
        AmqpEvent.Queue queue = event.queue();
        boolean named = !exchange.name().isEmpty();
        if (!event.declare()) {
            if (named) {
                channel.exchangeDeclarePassive(exchange.name());
            }
            channel.queueDeclarePassive(queue.name());
            return;
        }
        if (named) {
            channel.exchangeDeclare(exchange.name(), exchange.type(), exchange.durable());
        }
        channel.queueDeclare(queue.name(), queue.durable(), false, false, queue.arguments());
        if (named) {
            for (String key : event.routingKeys()) {
                channel.queueBind(queue.name(), exchange.name(), key);
            }
        }
    }

    /** Why this subscription has ended, or null while it works. */
    String fault() {
        return fault;
    }

    private void channelClosed(ShutdownSignalException signal) {
        if (!signal.isInitiatedByApplication()) {
            end(AmqpFaults.describe(source, signal));
        }
    }

    private void end(String why) {
        synchronized (this) {
            if (fault != null) {
                return;
            }
            fault = why;
        }
        // Gives un-acknowledged messages back to the queue.
        abort();
        onFault.run();
    }

    private void abort() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "while closing a channel that is broken anyway", e);
        }
    }

    private String here() {
        return "event source \"" + source.name() + "\", event \"" + event.name() + "\": ";
    }

    /** Called by the client's threads, one delivery after the other. */
    private final class Deliveries extends DefaultConsumer {
        Deliveries() {
            super(AmqpSubscription.this.channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) throws IOException {
            if (fault != null) {
                return;
            }
            long delivery = envelope.getDeliveryTag();
            try {
                Event read = reader.read(envelope, properties, body);
                sink.accept(read);
                health.received();
                channel.basicAck(delivery, false);
            } catch (MalformedEventException e) {
                reject(delivery, "message rejected: " + e.getMessage());
            } catch (EventNotAcceptedException e) {
                end("stopped taking messages: " + e.getMessage());
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, here() + "message could not be handled", e);
                if (envelope.isRedeliver()) {
                    reject(delivery, "message rejected: it could not be handled twice");
                } else {
                    channel.basicNack(delivery, false, true);
                }
            }
        }

        /** To the dead-letter exchange of the queue where there is one; counted in any case. */
        private void reject(long delivery, String why) throws IOException {
            health.rejected("event \"" + event.name() + "\": " + why);
            LOGGER.warning(here() + why);
            channel.basicReject(delivery, false);
        }

        @Override
        public void handleCancel(String tag) {
            end("queue: the broker cancelled the consumer; queue \"" + event.queue().name() + "\" was probably deleted");
        }
    }
}
