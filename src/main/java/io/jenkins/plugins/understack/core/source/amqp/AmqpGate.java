package io.jenkins.plugins.understack.core.source.amqp;

import java.time.Duration;

/**
 * Every delivery of a receiver passes here, and none does any more once it is closed: the client goes on handing over what
 * it has buffered, even after a channel was closed. Thread-safe.
 */
final class AmqpGate {
    private int inside;
    private boolean closed;

    /** False: the delivery must not be touched. True: {@link #leave} follows, after the acknowledgement. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Does not wait for those inside. */
    synchronized void close() {
        closed = true;
    }

    /** Returns when nobody is inside, or after {@code longest}. */
    synchronized void awaitEmpty(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (inside > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }
}
