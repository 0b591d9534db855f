package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.source.Backoff;
import io.jenkins.plugins.understack.core.source.EventReceiver;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.Consumer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one connection to a broker and a subscription for each event of the source, and repairs both for ever. One thread
 * supervises; the client's own recovery is off, because it cannot begin (first connection) nor end (changed topology) by
 * the same rules. {@link #close} may be called by any thread but one that handles a delivery.
 */
public final class AmqpReceiver implements EventReceiver {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final AmqpContext context;
    private final AmqpConnector connector;
    private final List<AmqpSlot> slots;
    private final AmqpReport report;
    private final AmqpSession session;
    private final Backoff backoff;
    private final AmqpGate gate = new AmqpGate();
    /** Ends a wait after a failure: nothing else may, or failures would drive themselves in a loop. */
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread supervisor;

    private AmqpReceiver(
            AmqpEventSource source, EventSink sink, Secrets secrets, SourceHealth health, Clock clock, AmqpTiming timing) {
        Semaphore changed = new Semaphore(0);
        this.context = new AmqpContext(source, sink, health, clock, timing, gate, changed::release);
        this.connector = new AmqpConnector(source, secrets, timing);
        this.backoff = timing.backoff();
        this.slots = source.events().stream().map(event -> new AmqpSlot(context, event)).toList();
        this.report = new AmqpReport(context, this::isClosing);
        this.session = new AmqpSession(context, slots, report, changed, this::isClosing);
        this.supervisor = new Thread(this::supervise, "UnderStack event source " + source.name());
        supervisor.setDaemon(true);
    }

    /** Returns at once; connects in the background. */
    static AmqpReceiver start(
            AmqpEventSource source, EventSink sink, Secrets secrets, SourceHealth health, Clock clock, AmqpTiming timing) {
        AmqpReceiver receiver = new AmqpReceiver(source, sink, secrets, health, clock, timing);
        receiver.supervisor.start();
        return receiver;
    }

    @Override
    public AmqpEventSource source() {
        return context.source();
    }

    @Override
    public SourceStatus status() {
        List<Consumer> consumers = slots.stream().map(AmqpSlot::consumer).filter(Objects::nonNull).toList();
        return context.health().status(consumers.size(), consumers);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void supervise() {
        try {
            do {
                try {
                    connectAndConsume();
                } catch (InterruptedException e) {
                    return;
                } catch (Throwable e) {
                    // Errors as well: without this thread nothing is ever repaired.
                    report.problem(AmqpFaults.describeConnecting(source(), e), e);
                }
            } while (!closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // By close(), which does not wait any longer.
        }
    }

    private void connectAndConsume() throws Exception {
        Connection connection = connector.connect();
        backoff.up();
        try {
            String problem = session.run(connection);
            if (problem != null) {
                report.problem(problem);
            } else {
                slots.forEach(AmqpSlot::cancel);
                gate.awaitEmpty(context.timing().delivery());
            }
        } finally {
            connection.abort((int) CLOSE_TIMEOUT.toMillis());
            slots.forEach(AmqpSlot::disconnected);
        }
    }

    /**
     * When this returns, the sink is not called any more; one call that takes too long may still be running. What is held is
     * dropped: un-acknowledged, the broker has it.
     */
    @Override
    public void close() {
        gate.close();
        closing.countDown();
        context.changed().run();
        try {
            gate.awaitEmpty(context.timing().delivery());
            supervisor.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor.interrupt();
    }
}
