package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.source.Backoff;
import java.time.Duration;

/**
 * How long a receiver waits for what.
 *
 * @param connect for each step of opening a connection
 * @param heartbeat in whole seconds; a connection on which nothing has come for twice that is given up, and RabbitMQ does the same
 * @param firstWait after a failure; doubled with each further one
 * @param longestWait between two attempts
 * @param offerAgain between two attempts to hand over messages that were refused for now
 * @param delivery at the end, for the delivery that is being handled, so that it is acknowledged and not handled again by the next receiver
 */
record AmqpTiming(
        Duration connect, Duration heartbeat, Duration firstWait, Duration longestWait, Duration offerAgain, Duration delivery) {
    static final AmqpTiming DEFAULT = new AmqpTiming(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));
    private static final Duration STEADY = Duration.ofMinutes(1);

    Backoff backoff() {
        return new Backoff(firstWait, longestWait, STEADY, System::nanoTime);
    }
}
