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
        AmqpEventSource source,
        EventSink sink,
        SourceHealth health,
        Clock clock,
        AmqpTiming timing,
        AmqpGate gate,
        Runnable changed) {
    /** The beginning of a line in the log. */
    String here(AmqpEvent event) {
        return "event source \"" + source.name() + "\", event \"" + event.name() + "\": ";
    }
}
