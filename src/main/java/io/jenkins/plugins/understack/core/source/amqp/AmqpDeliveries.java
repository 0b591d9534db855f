package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The messages of a subscription, handed over in their order. Once one is refused for now, it and all later ones are held,
 * un-acknowledged and so at most as many as prefetch allows, and offered again. They are not given back to the broker: it
 * would deliver them again at once, and a quorum queue throws a message away that was returned too often.
 *
 * <p>Called by one of the client's threads at a time, by the supervisor, and by the thread of the store when messages are
 * safe. Nothing is ever thrown: the client would close the channel as if we had wished it.
 */
final class AmqpDeliveries extends DefaultConsumer {
    private static final Logger LOGGER = Logger.getLogger(AmqpDeliveries.class.getName());

    private final AmqpContext context;
    private final AmqpEvent event;
    private final AmqpSubscription subscription;
    private final AmqpHandling handling;
    /** Who has this may hand over. The thread of the store never waits for it. */
    private final Object turn = new Object();
    private final ConcurrentNavigableMap<Long, AmqpDelivery> held = new ConcurrentSkipListMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile EventNotAcceptedException lastRefusal;
    /** The first of those held while it is offered again: what becomes of it decides about the others. */
    private volatile AmqpDelivery probe;
    private volatile boolean released;

    AmqpDeliveries(Channel channel, AmqpContext context, AmqpEvent event, AmqpSubscription subscription) {
        super(channel);
        this.context = context;
        this.event = event;
        this.subscription = subscription;
        this.handling = new AmqpHandling(context, event, channel);
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
        AmqpDelivery delivery = new AmqpDelivery(envelope, properties, body);
        unanswered.incrementAndGet();
        synchronized (turn) {
            if (held.isEmpty()) {
                handOver(delivery);
            } else {
                held.put(delivery.tag(), delivery);
            }
        }
    }

    /** Messages that the broker waits for an answer to. */
    int unanswered() {
        return unanswered.get();
    }

    /** Why messages are held, or null. */
    EventNotAcceptedException refusal() {
        return held.isEmpty() ? null : lastRefusal;
    }

    /** Hands over the first of those held once more. When that is safe, the supervisor is told to call {@link #release}. */
    void offerAgain() {
        synchronized (turn) {
            Map.Entry<Long, AmqpDelivery> first = held.firstEntry();
            if (probe == null && !released && first != null) {
                probe = first.getValue();
                handOver(probe);
            }
        }
    }

    /** Hands over what is held, until one is refused again, if the first of them was taken. */
    void release() {
        if (!released) {
            return;
        }
        synchronized (turn) {
            released = false;
            for (AmqpDelivery delivery : held.values()) {
                held.remove(delivery.tag());
                handOver(delivery);
                if (held.containsKey(delivery.tag())) {
                    return;
                }
            }
        }
    }

    private void handOver(AmqpDelivery delivery) {
        // Otherwise the receiver is closed or the channel has gone: un-acknowledged, the message goes back to the queue.
        if (subscription.fault() == null && context.gate().enter()) {
            handling.handle(delivery).whenComplete((answer, problem) -> {
                try {
                    answer(delivery, answer, problem == null ? null : AmqpHandling.cause(problem));
                    if (delivery == probe) {
                        probed(problem == null);
                    }
                } finally {
                    context.gate().leave();
                }
            });
        }
    }

    private void probed(boolean taken) {
        if (taken) {
            held.remove(probe.tag());
            released = true;
        }
        probe = null;
        context.changed().run();
    }

    /**
     * An acknowledgement cannot hold up the thread of the store: it is a few bytes, there are never more of them than prefetch,
     * and that many fit into the buffers of a connection whose other end has stopped reading.
     */
    private void answer(AmqpDelivery delivery, AmqpHandling.Answer answer, Throwable problem) {
        try {
            if (problem == null) {
                answer.give();
                unanswered.decrementAndGet();
            } else if (problem instanceof EventNotAcceptedException refusal) {
                lastRefusal = refusal;
                held.put(delivery.tag(), delivery);
                context.changed().run();
            } else {
                LOGGER.log(Level.WARNING, context.here(event) + "an unreadable message could not be kept", problem);
                subscription.end("a message that cannot be read could not be kept: " + problem.getClass().getSimpleName()
                        + "; the log has the details");
            }
        } catch (Throwable e) {
            // Most likely the channel has gone, and with it the answer: the broker delivers the message again.
            LOGGER.log(Level.FINE, context.here(event) + "a message could not be answered", e);
            subscription.end(AmqpFaults.describe(context.source(), e));
        }
    }

    @Override
    public void handleCancel(String tag) {
        subscription.end("queue: the broker cancelled the consumer; queue \"" + event.queue().name() + "\" was probably deleted");
    }
}
