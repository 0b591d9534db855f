package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.metrics.Metric;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import java.time.Clock;

/** What is measured of an inbox. */
public final class InboxGauges {
    private InboxGauges() {}

    public static void register(InboxReader reader, Metrics metrics, Clock clock) {
        metrics.gauge(Metric.INBOX_EVENTS, reader::eventCount);
        metrics.gauge(Metric.INBOX_PENDING, reader::pendingCount);
        metrics.gauge(Metric.INBOX_DEAD_LETTERS, reader::deadLetterCount);
        metrics.gauge(Metric.INBOX_LAG, () -> reader.lag(clock.instant()).toMillis() / 1000.0);
        metrics.gauge(Metric.INBOX_SIZE, reader::bytes);
        metrics.gauge(Metric.INBOX_WRITABLE, () -> reader.problem() == null ? 1 : 0);
    }
}
