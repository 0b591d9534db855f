package io.jenkins.plugins.understack.core.metrics;

import java.util.List;

/**
 * Everything that is measured. Names and tags are those of Argo Events' metrics (docs/metrics.md there), with {@code understack} for
 * {@code argo_events} and dots for underscores, where the meaning is the same. docs/operator-guide.md has a table of them.
 */
public enum Metric {
    EVENTS_SENT("understack.events.sent", Kind.COUNTER, Metric.SOURCE, Metric.EVENT),
    EVENTS_PROCESSING_FAILED("understack.events.processing.failed", Kind.COUNTER, Metric.SOURCE, Metric.EVENT, "reason"),
    EVENTS_DUPLICATE("understack.events.duplicate", Kind.COUNTER, Metric.SOURCE, Metric.EVENT),
    EVENT_PROCESSING_DURATION("understack.event.processing.duration", Kind.TIMER, Metric.SOURCE, Metric.EVENT),
    EVENT_SERVICE_RUNNING("understack.event.service.running", Kind.GAUGE, Metric.SOURCE),
    EVENTSOURCE_STATE("understack.eventsource.state", Kind.GAUGE, Metric.SOURCE, "state"),
    EVENTS_UNACKNOWLEDGED("understack.events.unacknowledged", Kind.GAUGE, Metric.SOURCE),
    SENSOR_DECISIONS("understack.sensor.decisions", Kind.COUNTER, Metric.SENSOR, "verdict"),
    ACTION_TRIGGERED("understack.action.triggered", Kind.COUNTER, Metric.SENSOR),
    ACTION_RETRIED("understack.action.retried", Kind.COUNTER, Metric.SENSOR, "reason"),
    ACTION_RETRIES_FAILED("understack.action.retries.failed", Kind.COUNTER, Metric.SENSOR),
    ACTION_OMITTED("understack.action.omitted", Kind.COUNTER, Metric.SENSOR, "outcome"),
    ACTION_DURATION("understack.action.duration", Kind.TIMER, Metric.SENSOR),
    ACTION_QUEUED_LATENCY("understack.action.queued.latency", Kind.TIMER, Metric.SENSOR),
    ACTION_STARTED_LATENCY("understack.action.started.latency", Kind.TIMER, Metric.SENSOR),
    INBOX_EVENTS("understack.inbox.events", Kind.GAUGE),
    INBOX_PENDING("understack.inbox.pending", Kind.GAUGE),
    INBOX_DEAD_LETTERS("understack.inbox.dead.letters", Kind.GAUGE),
    INBOX_LAG("understack.inbox.lag.seconds", Kind.GAUGE),
    INBOX_SIZE("understack.inbox.size.bytes", Kind.GAUGE),
    INBOX_WRITABLE("understack.inbox.writable", Kind.GAUGE);

    private static final String SOURCE = "eventsource_name";
    private static final String EVENT = "event_name";
    private static final String SENSOR = "sensor_name";

    private final String key;
    private final Kind kind;
    private final List<String> tags;

    /** Of Micrometer. */
    public enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    Metric(String key, Kind kind, String... tags) {
        this.key = key;
        this.kind = kind;
        this.tags = List.of(tags);
    }

    /** Its name in Micrometer. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** What is told apart; bounded by what is configured, or by the code. */
    public List<String> tags() {
        return tags;
    }
}
