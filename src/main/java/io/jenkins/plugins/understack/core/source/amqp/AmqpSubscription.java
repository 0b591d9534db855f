package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.jenkins.plugins.understack.core.source.SourceStatus.Consumer;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One event of a source at work: a channel of its own, so that a mistake in one event does not stop the others. Ends once:
 * after a fault the receiver opens a new one. Opened and cancelled by the supervisor, ended by any thread.
 */
final class AmqpSubscription {
    private static final Logger LOGGER = Logger.getLogger(AmqpSubscription.class.getName());

    private final AmqpContext context;
    private final Channel channel;
    private final AmqpDeliveries deliveries;
    private volatile String consumerTag;
    private volatile String fault;

    private AmqpSubscription(AmqpContext context, AmqpEvent event, Channel channel) {
        this.context = context;
        this.channel = channel;
        this.deliveries = new AmqpDeliveries(channel, context, event, this);
    }

    /** Declares, binds and consumes; leaves no channel behind when that fails. */
    static AmqpSubscription open(Connection connection, AmqpContext context, AmqpEvent event) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no further channel on this connection");
        }
        AmqpSubscription subscription = new AmqpSubscription(context, event, channel);
        try {
            AmqpTopology.declare(channel, event);
            channel.addShutdownListener(subscription::channelClosed);
            channel.basicQos(event.prefetch());
            subscription.consumerTag = channel.basicConsume(
                    event.queue().name(),
                    false,
                    event.consumerTag() == null ? "" : event.consumerTag(),
                    subscription.deliveries);
            return subscription;
        } catch (Throwable e) {
            subscription.abort();
            throw e;
        }
    }

    /** Why this subscription has ended, or null while it works. */
    String fault() {
        return fault;
    }

    Consumer consumer(AmqpEvent event) {
        return new Consumer(event.name(), event.queue().name(), consumerTag, deliveries.unanswered());
    }

    AmqpDeliveries deliveries() {
        return deliveries;
    }

    /** Tells the broker to send nothing more; the channel stays open for the answer to what is being handled. */
    void cancel() {
        try {
            channel.basicCancel(consumerTag);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "while cancelling a consumer whose channel is closed next anyway", e);
        }
    }

    /** By whomever: nothing is consumed any more. */
    private void channelClosed(ShutdownSignalException signal) {
        end(AmqpFaults.describe(context.source(), signal));
    }

    /** The first reason stands. Un-acknowledged messages go back to the queue. */
    void end(String why) {
        synchronized (this) {
            if (fault != null) {
                return;
            }
            fault = why;
        }
        abort();
        context.changed().run();
    }

    private void abort() {
        try {
            if (channel.isOpen()) {
                channel.abort();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "while closing a channel that is broken anyway", e);
        }
    }
}
