package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.source.Backoff;
import java.time.Duration;

/**
 * The place of one event in a receiver: its subscription, or what is wrong with it and when it is tried again. Each event has
 * waits of its own, which last over connections, so that one that always fails does not hold up the others. Used by the
 * supervisor only.
 */
final class AmqpSlot {
    private final AmqpContext context;
    private final AmqpEvent event;
    private final Backoff backoff = AmqpReceiver.backoff();
    private AmqpSubscription subscription;
    private String fault;
    private long due;

    AmqpSlot(AmqpContext context, AmqpEvent event) {
        this.context = context;
        this.event = event;
        this.due = System.nanoTime();
    }

    /** Whether {@link #check} would subscribe. */
    boolean isDue() {
        return untilDue().toNanos() <= 0;
    }

    /** Until {@link #check} would subscribe; a very long time for an event that has its subscription. */
    Duration untilDue() {
        return subscription == null ? Duration.ofNanos(due - System.nanoTime()) : Duration.ofDays(1);
    }

    /**
     * Opens a missing subscription when it is time; one that has ended is opened after a wait.
     *
     * @return why the event has no working subscription, beginning with the event; or null
     */
    String check(Connection connection) {
        if (subscription != null) {
            String ended = subscription.fault();
            if (ended == null) {
                return null;
            }
            subscription = null;
            return failed(ended);
        }
        if (!isDue()) {
            return fault;
        }
        try {
            subscription = AmqpSubscription.open(connection, context, event);
        } catch (Throwable e) {
            return failed(AmqpFaults.describe(context.source(), e));
        }
        backoff.up();
        fault = null;
        return null;
    }

    private String failed(String words) {
        fault = "event \"" + event.name() + "\": " + words;
        due = System.nanoTime() + backoff.next().toNanos();
        return fault;
    }

    /** The connection has gone, which is no fault of a subscription that worked: it is opened at once on the next one. */
    void disconnected() {
        subscription = null;
        backoff.down();
    }

    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
