package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a new configuration does to a source that has its hands full. */
class AmqpCloseTest {
    private static final int MESSAGES = 200;

    private AmqpBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new AmqpBed();
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    @Test
    void closingALoadedSourceTakesEachMessageOnce() throws Exception {
        Collection<Integer> first = new ConcurrentLinkedQueue<>();
        Collection<Integer> second = new ConcurrentLinkedQueue<>();
        bed.start(AmqpBed.BROKER.uri(), slow(first), bed.event());
        bed.awaitState(State.UP);
        for (int i = 0; i < MESSAGES; i++) {
            bed.publish(Integer.toString(i));
        }
        Await.until(first::size, size -> size >= 10);

        bed.receiver.close();

        int before = first.size();
        assertThat(before).isLessThan(MESSAGES);
        assertThat(bed.receiver.status().received()).isEqualTo(before);
        bed.start(AmqpBed.BROKER.uri(), slow(second), bed.event());
        Await.until(() -> first.size() + second.size(), size -> size >= MESSAGES);
        bed.receiver.close();
        assertThat(first).as("nothing after close()").hasSize(before);
        assertThat(second).hasSize(MESSAGES - before).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();
        // Each was acknowledged.
        Await.until(() -> bed.channel.messageCount(bed.queue), ready -> ready == 0);
    }

    @Test
    void closingWaitsForTheRunningDeliveryAndItsAcknowledgement() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Collection<Integer> accepted = new ConcurrentLinkedQueue<>();
        bed.start(
                AmqpBed.BROKER.uri(),
                event -> {
                    entered.countDown();
                    await(finish);
                    accepted.add(event.data().path("body").asInt());
                },
                bed.event());
        bed.awaitState(State.UP);
        for (int i = 0; i < 3; i++) {
            bed.publish(Integer.toString(i));
        }
        await(entered);

        Thread closing = new Thread(bed.receiver::close);
        closing.start();
        Await.until(closing::getState, state -> state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING);
        finish.countDown();
        closing.join();

        assertThat(accepted).containsExactly(0);
        Await.until(() -> bed.channel.messageCount(bed.queue), ready -> ready == 2);
    }

    @Test
    void aDeliveryThatDoesNotEndIsNotWaitedForForEver() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Collection<Integer> accepted = new ConcurrentLinkedQueue<>();
        AtomicReference<Thread> worker = new AtomicReference<>();
        bed.startImpatient(
                AmqpBed.BROKER.uri(),
                AmqpBed.BROKER.secrets(),
                TestSink.of(event -> {
                    worker.set(Thread.currentThread());
                    accepted.add(event.data().path("body").asInt());
                    entered.countDown();
                    await(finish);
                }),
                bed.event());
        bed.awaitState(State.UP);
        for (int i = 0; i < 3; i++) {
            bed.publish(Integer.toString(i));
        }
        await(entered);

        bed.receiver.close();
        finish.countDown();

        // Back in the queue, the one in work as well: it could not be acknowledged.
        Await.until(() -> bed.channel.messageCount(bed.queue), ready -> ready == 3);
        // The client's thread ends when it has gone through everything it had buffered.
        Await.until(() -> worker.get().getState(), state -> state == Thread.State.TERMINATED);
        assertThat(accepted).containsExactly(0);
    }

    private static TestSink slow(Collection<Integer> accepted) {
        return event -> {
            accepted.add(event.data().path("body").asInt());
            // Slower than the network, so that messages pile up in the client.
            LockSupport.parkNanos(5_000_000);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
