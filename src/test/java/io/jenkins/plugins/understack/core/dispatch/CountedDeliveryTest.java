package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxGauges;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.metrics.Metric;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.metrics.SensorFigures;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a real dispatcher and a real starter count; time stands still, and each test takes the starter's steps itself. */
class CountedDeliveryTest {
    private static final Instant NOON = TestClock.NOON;
    private static final JsonNode DATA = Json.MAPPER.createObjectNode().put("n", 1).put("timestamp", "2026-11-21T11:59:58Z");

    private final TestClock clock = new TestClock();

    private final SimpleMeterRegistry exported = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics();
    private final SourceMeters source = metrics.source("source");
    private final MemoryStateStore state = new MemoryStateStore();
    private final Inbox inbox = TestInbox.of(state, clock);
    private final SensorIndex index = new SensorIndex();
    private StartOutcome answer = new StartOutcome.Queued();
    private final Starter starter = new Starter(inbox, (event, start) -> answer, FlightLimits.NONE, clock, metrics);
    private final Dispatcher dispatcher = new Dispatcher(
            index, new Correlator(state), inbox, starter, new CountedDecisions(metrics, clock, (event, decisions) -> {}));

    CountedDeliveryTest() {
        metrics.export(exported);
        source.expect("event");
        InboxGauges.register(inbox.reader(), metrics, clock);
        starter.load();
    }

    private void sensor(String name, String where) {
        Dependency dependency = new Dependency(null, new Origin("source", "event"), null, where, List.of(), null, null);
        index.put(name, new Sensor(name, dependency, "job", List.of()).compile());
    }

    private void send(String id) throws Exception {
        TestSink.send(dispatcher, new Event(id, "source", "event", "amqp", "type", NOON, DATA));
    }

    private String start(String event) {
        return TestInbox.pending(inbox).stream().filter(one -> one.eventId().equals(event)).findFirst().orElseThrow().id();
    }

    private Search find(Metric metric, String... tags) {
        return exported.find(metric.key()).tags(tags);
    }

    private int count(Metric metric, String... tags) {
        return (int) find(metric, tags).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    private double gauge(Metric metric) {
        return find(metric).gauge().value();
    }

    @Test
    void decisionsByVerdictAndWhatCameAgain() throws Exception {
        sensor("wants", ".n == 1");
        sensor("filters", ".n == 2");
        sensor("fails", "error");

        send("1");
        send("2");
        clock.set(NOON.plusSeconds(5));
        send("2");

        assertThat(count(Metric.SENSOR_DECISIONS, "sensor_name", "wants", "verdict", "match")).isEqualTo(2);
        assertThat(count(Metric.SENSOR_DECISIONS, "sensor_name", "filters", "verdict", "no-match")).isEqualTo(2);
        assertThat(count(Metric.SENSOR_DECISIONS, "sensor_name", "fails", "verdict", "error")).isEqualTo(2);
        assertThat(count(Metric.SENSOR_DECISIONS)).isEqualTo(6);
        assertThat(count(Metric.EVENTS_DUPLICATE, "eventsource_name", "source", "event_name", "event")).isEqualTo(1);
        assertThat(metrics.figures("wants")).isEqualTo(new SensorFigures(NOON, null, null, null, null));
        assertThat(metrics.figures("fails").lastFailed()).isEqualTo(NOON);
        assertThat(metrics.figures("filters")).isEqualTo(SensorFigures.NONE);
    }

    @Test
    void whatIsNotAcceptedIsNotDecided() {
        sensor("wants", null);
        Dispatcher full = new Dispatcher(
                index,
                new Correlator(state),
                inbox,
                event -> {
                    throw new TooManyEventsException("full");
                },
                new CountedDecisions(metrics, clock, (event, decisions) -> {}));

        assertThatThrownBy(() -> TestSink.send(full, new Event("1", "source", "event", "amqp", "type", NOON, DATA)))
                .isInstanceOf(TooManyEventsException.class);

        assertThat(count(Metric.SENSOR_DECISIONS)).isZero();
    }

    @Test
    void aStartFromThePublicationToTheRun() throws Exception {
        sensor("s", null);
        send("1");
        assertThat(gauge(Metric.INBOX_PENDING)).isEqualTo(1);
        clock.set(NOON.plusSeconds(3));
        assertThat(gauge(Metric.INBOX_LAG)).isEqualTo(3);
        assertThat(starter.step()).isTrue();
        String id = start("1");
        clock.set(NOON.plusSeconds(8));
        starter.started(id, "job#1");
        starter.started(id, "job#1");

        // Published two seconds before it was received.
        assertThat(seconds(Metric.ACTION_QUEUED_LATENCY)).isEqualTo(5);
        assertThat(seconds(Metric.ACTION_STARTED_LATENCY)).isEqualTo(10);
        assertThat(find(Metric.ACTION_DURATION, "sensor_name", "s").timer().count()).isEqualTo(1);
        assertThat(count(Metric.ACTION_TRIGGERED, "sensor_name", "s")).isEqualTo(1);
        assertThat(metrics.figures("s")).isEqualTo(new SensorFigures(NOON, clock.instant(), "job#1", null, null));
        assertThat(gauge(Metric.INBOX_PENDING)).isZero();
        assertThat(gauge(Metric.INBOX_LAG)).isZero();
        assertThat(gauge(Metric.INBOX_EVENTS)).isEqualTo(1);
    }

    private double seconds(Metric metric) {
        Timer timer = find(metric, "sensor_name", "s").timer();
        assertThat(timer.count()).isEqualTo(1);
        return timer.totalTime(TimeUnit.SECONDS);
    }

    @Test
    void aReplayIsNotMeasuredFromTheFirstPublication() throws Exception {
        sensor("s", null);
        send("1");
        clock.set(NOON.plusSeconds(1000));
        answer = new StartOutcome.Refused("job", "does not exist");
        assertThat(starter.step()).isTrue();
        answer = new StartOutcome.Started("job#1", false);
        dispatcher.replay(inbox.reader().events(null, 1).get(0), name -> true).join();
        clock.pass(Duration.ofSeconds(4));

        assertThat(starter.step()).isTrue();

        assertThat(seconds(Metric.ACTION_STARTED_LATENCY)).isEqualTo(4);
        assertThat(count(Metric.ACTION_TRIGGERED)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsRetriedByReasonAndThenDead() throws Exception {
        sensor("s", null);
        send("1");
        send("2");
        answer = new StartOutcome.Later(RetryRule.FAILED, "failed");
        for (int i = 0; i < 20; i++) {
            while (starter.step()) {
                // Both.
            }
            clock.pass(Duration.ofMinutes(5));
        }

        assertThat(count(Metric.ACTION_RETRIED, "sensor_name", "s", "reason", "failed")).isEqualTo(16);
        assertThat(count(Metric.ACTION_RETRIED)).isEqualTo(16);
        assertThat(count(Metric.ACTION_RETRIES_FAILED, "sensor_name", "s")).isEqualTo(2);
        assertThat(find(Metric.ACTION_DURATION).timer().count()).isEqualTo(18);
        assertThat(find(Metric.ACTION_QUEUED_LATENCY).timer().count()).isZero();
        assertThat(gauge(Metric.INBOX_DEAD_LETTERS)).isEqualTo(2);
        assertThat(metrics.figures("s").lastDeadLetter()).isEqualTo(inbox.reader().deadLetters(null, 1).get(0).id());
    }

    @Test
    void whatNeedsNoRunIsOmitted() throws Exception {
        sensor("s", null);
        send("1");
        send("2");
        answer = new StartOutcome.Settled(Outcome.Kind.DROPPED, "limit");
        assertThat(starter.step()).isTrue();
        answer = new StartOutcome.Queued();
        assertThat(starter.step()).isTrue();
        starter.left(start("2"), Outcome.Kind.REPLACED, "by a newer one");

        assertThat(count(Metric.ACTION_OMITTED, "sensor_name", "s", "outcome", "dropped")).isEqualTo(1);
        assertThat(count(Metric.ACTION_OMITTED, "sensor_name", "s", "outcome", "replaced")).isEqualTo(1);
        assertThat(count(Metric.ACTION_TRIGGERED)).isZero();
    }
}
