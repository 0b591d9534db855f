package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import java.time.Clock;

/**
 * What all parts of one receiver share.
 *
 * @param gate passed by every delivery
 * @param changed tells the supervisor to look at connection and subscriptions; called by any thread, returns at once
 */
record AmqpContext(
        AmqpEventSource source, EventSink sink, SourceHealth health, Clock clock, AmqpGate gate, Runnable changed) {}
