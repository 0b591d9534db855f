package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is done with each message of a subscription. Called by the client's threads, one delivery after the other. Nothing is
 * ever thrown: the client would close the channel as if we had wished it.
 */
final class AmqpDeliveries extends DefaultConsumer {
    private static final Logger LOGGER = Logger.getLogger(AmqpDeliveries.class.getName());

    private final AmqpContext context;
    private final AmqpEvent event;
    private final AmqpSubscription subscription;
    private final AmqpMessageReader reader;

    AmqpDeliveries(Channel channel, AmqpContext context, AmqpEvent event, AmqpSubscription subscription) {
        super(channel);
        this.context = context;
        this.event = event;
        this.subscription = subscription;
        this.reader = new AmqpMessageReader(context.source().name(), event, context.clock());
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
        if (!context.gate().enter()) {
            // The receiver is closed: un-acknowledged, the message goes back to the queue.
            return;
        }
        if (subscription.fault() != null) {
            context.gate().leave();
            return;
        }
        CompletableFuture<Void> safe;
        try {
            safe = context.sink().accept(reader.read(envelope, properties, body));
        } catch (Throwable e) {
            safe = CompletableFuture.failedFuture(e);
        }
        safe.whenComplete((nothing, problem) -> {
            try {
                answer(envelope, problem instanceof CompletionException ? problem.getCause() : problem);
            } catch (Throwable e) {
                // Most likely the channel has gone, and with it the answer: the broker delivers the message again.
                LOGGER.log(Level.FINE, here() + "a message could not be answered", e);
                subscription.end(AmqpFaults.describe(context.source(), e));
            } finally {
                context.gate().leave();
            }
        });
    }

    private void answer(Envelope envelope, Throwable problem) throws IOException {
        long delivery = envelope.getDeliveryTag();
        if (problem == null) {
            context.health().received();
            getChannel().basicAck(delivery, false);
        } else if (problem instanceof MalformedEventException) {
            reject(delivery, "message rejected: " + problem.getMessage());
        } else if (problem instanceof EventNotAcceptedException) {
            subscription.end("stopped taking messages: " + problem.getMessage());
        } else {
            // Errors as well: a class that is missing for one message must not stop all others.
            LOGGER.log(Level.WARNING, here() + "message could not be handled", problem);
            if (envelope.isRedeliver()) {
                reject(delivery, "message rejected: it could not be handled twice");
            } else {
                getChannel().basicNack(delivery, false, true);
            }
        }
    }

    /** To the dead-letter exchange of the queue where there is one; counted in any case. */
    private void reject(long delivery, String why) throws IOException {
        context.health().rejected("event \"" + event.name() + "\": " + why);
        LOGGER.warning(here() + why);
        getChannel().basicReject(delivery, false);
    }

    @Override
    public void handleCancel(String tag) {
        subscription.end("queue: the broker cancelled the consumer; queue \"" + event.queue().name() + "\" was probably deleted");
    }

    private String here() {
        return "event source \"" + context.source().name() + "\", event \"" + event.name() + "\": ";
    }
}
