package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.source.Backoff;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.SourceStatus.Consumer;
import java.time.Duration;

/**
 * The place of one event in a receiver: its subscription, or what is wrong with it and when it is tried again. Each event has
 * waits of its own, which last over connections, so that one that always fails does not hold up the others. Used by the
 * supervisor only, but for {@link #consumer}.
 */
final class AmqpSlot {
    private final AmqpContext context;
    private final AmqpEvent event;
    private final Backoff backoff;
    private volatile AmqpSubscription subscription;
    private String fault;
    /** Of the next attempt to subscribe, or to hand over what is held. */
    private long due;
    private boolean holding;

    AmqpSlot(AmqpContext context, AmqpEvent event) {
        this.context = context;
        this.event = event;
        this.backoff = context.timing().backoff();
        this.due = System.nanoTime();
    }

    /** That the broker has; null where there is none. For any thread. */
    Consumer consumer() {
        AmqpSubscription current = subscription;
        return current == null || current.fault() != null ? null : current.consumer(event);
    }

    /** Whether {@link #check} would subscribe. */
    boolean opens() {
        return subscription == null && untilDue().toNanos() <= 0;
    }

    /** Until {@link #check} would do something; a very long time for an event that works. */
    Duration untilDue() {
        return subscription == null || holding ? Duration.ofNanos(due - System.nanoTime()) : Duration.ofDays(1);
    }

    /** Why the subscription holds messages, or null. */
    EventNotAcceptedException refusal() {
        return subscription == null ? null : subscription.deliveries().refusal();
    }

    /** With the event, as a person reads it. */
    String say(String words) {
        return "event \"" + event.name() + "\": " + words;
    }

    /**
     * Opens a missing subscription when it is time; one that has ended is opened after a wait. Hands over what is held when it
     * is time.
     *
     * @return why the event has no working subscription, beginning with the event; or null
     */
    String check(Connection connection) {
        if (subscription != null) {
            String ended = subscription.fault();
            if (ended == null) {
                offerAgain();
                return null;
            }
            subscription = null;
            return failed(ended);
        }
        if (!opens()) {
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

    private void offerAgain() {
        subscription.deliveries().release();
        if (refusal() == null) {
            holding = false;
            return;
        }
        if (holding && untilDue().toNanos() > 0) {
            return;
        }
        if (holding) {
            subscription.deliveries().offerAgain();
        }
        holding = true;
        due = System.nanoTime() + context.timing().offerAgain().toNanos();
    }

    private String failed(String words) {
        holding = false;
        fault = say(words);
        due = System.nanoTime() + backoff.next().toNanos();
        return fault;
    }

    /** The connection has gone, which is no fault of a subscription that worked: it is opened at once on the next one. */
    void disconnected() {
        subscription = null;
        holding = false;
        backoff.down();
    }

    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
