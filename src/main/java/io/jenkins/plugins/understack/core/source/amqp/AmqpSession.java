package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The time between opening and losing a connection: keeps every event subscribed. Used by the supervisor only. */
final class AmqpSession {
    private final AmqpContext context;
    private final List<AmqpSlot> slots;
    private final AmqpReport report;
    private final Semaphore changed;
    private final BooleanSupplier closed;
    private volatile String alarm;

    AmqpSession(
            AmqpContext context, List<AmqpSlot> slots, AmqpReport report, Semaphore changed, BooleanSupplier closed) {
        this.context = context;
        this.slots = slots;
        this.report = report;
        this.changed = changed;
        this.closed = closed;
    }

    /**
     * Returns when the connection has gone or the receiver is closed.
     *
     * @return why the connection has gone; null when the receiver is closed
     */
    String run(Connection connection) throws InterruptedException {
        connection.addShutdownListener(signal -> context.changed().run());
        alarm = null;
        connection.addBlockedListener(this::blocked, () -> blocked(null));
        while (!closed.getAsBoolean()) {
            List<String> faults = new ArrayList<>();
            List<String> waits = new ArrayList<>();
            for (AmqpSlot slot : slots) {
                if (!connection.isOpen()) {
                    return lost(connection);
                }
                boolean opening = slot.opens();
                String fault = slot.check(connection);
                if (fault != null && opening && !connection.isOpen()) {
                    // Opening it has cost the connection, for example by an unknown type of exchange.
                    return fault;
                }
                if (fault != null) {
                    faults.add(fault);
                }
                EventNotAcceptedException refusal = slot.refusal();
                if (refusal instanceof TooManyEventsException) {
                    waits.add(slot.say("takes no messages for now: " + refusal.getMessage()));
                } else if (refusal != null) {
                    faults.add(slot.say("stopped taking messages: " + refusal.getMessage()));
                }
            }
            String blocked = alarm;
            if (blocked != null) {
                waits.add("the broker takes no new messages from anybody (" + blocked + "); mend that there");
            }
            report.condition(faults, waits);
            // However often it is woken, an event is only tried when it is due.
            if (changed.tryAcquire(untilDue().toNanos(), TimeUnit.NANOSECONDS)) {
                changed.drainPermits();
            }
        }
        return null;
    }

    /** RabbitMQ says so only to those who publish, which we do not; other brokers may. */
    private void blocked(String reason) {
        alarm = reason;
        context.changed().run();
    }

    private Duration untilDue() {
        return slots.stream().map(AmqpSlot::untilDue).min(Duration::compareTo).orElseThrow();
    }

    private String lost(Connection connection) {
        return AmqpFaults.describe(context.source(), connection.getCloseReason());
    }
}
