package io.jenkins.plugins.understack.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SimpleMeterRegistry exported = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics();

    private enum Verdict {
        MATCH,
        NO_MATCH
    }

    MetricsTest() {
        metrics.export(exported);
    }

    private double count(Metric metric, String... tags) {
        return exported.get(metric.key()).tags(tags).counter().count();
    }

    private List<String> names() {
        return exported.getMeters().stream().map(meter -> meter.getId().getName()).distinct().sorted().toList();
    }

    @Test
    void metersOfASourceComeAndGoWithIt() {
        SourceMeters source = metrics.source("s");
        source.expect("e");
        source.running(() -> 2);
        assertThat(count(Metric.EVENTS_SENT, "eventsource_name", "s", "event_name", "e")).isZero();
        source.sent("e", Duration.ofMillis(3));
        source.sent("e", Duration.ofMillis(4));
        source.failed("e", Verdict.NO_MATCH);
        metrics.duplicate("s", "e");
        metrics.duplicate("unknown", "e");

        assertThat(source.sent()).isEqualTo(2);
        assertThat(source.failed()).isEqualTo(1);
        assertThat(count(Metric.EVENTS_SENT, "eventsource_name", "s", "event_name", "e")).isEqualTo(2);
        assertThat(count(Metric.EVENTS_PROCESSING_FAILED, "eventsource_name", "s", "event_name", "e", "reason", "no-match")).isEqualTo(1);
        assertThat(count(Metric.EVENTS_DUPLICATE, "eventsource_name", "s", "event_name", "e")).isEqualTo(1);
        assertThat(exported.get(Metric.EVENT_SERVICE_RUNNING.key()).gauge().value()).isEqualTo(2);

        SourceMeters next = metrics.source("s");
        next.expect("other");
        source.sent("e", Duration.ofMillis(1));
        source.failed("late", Verdict.MATCH);
        assertThat(exported.find(Metric.EVENTS_SENT.key()).counters()).singleElement().satisfies(counter -> {
            assertThat(counter.getId().getTag("event_name")).isEqualTo("other");
            assertThat(counter.count()).isZero();
        });
        metrics.removeSource("s");
        next.sent("other", Duration.ofMillis(1));
        assertThat(exported.getMeters()).isEmpty();
    }

    @Test
    void metersOfSensorsGoWithTheSensors() {
        metrics.sensor("stays").decided(Verdict.MATCH);
        metrics.sensor("goes").decided(Verdict.MATCH);
        metrics.sensor("goes").triggered(NOON, "job#1");

        metrics.tick(NOON, List.of("stays", "unseen"));

        assertThat(exported.getMeters()).extracting(Meter::getId).singleElement().satisfies(id -> {
            assertThat(id.getName()).isEqualTo(Metric.SENSOR_DECISIONS.key());
            assertThat(id.getTag("sensor_name")).isEqualTo("stays");
            assertThat(id.getTag("verdict")).isEqualTo("match");
        });
        assertThat(metrics.figures("goes")).isEqualTo(SensorFigures.NONE);
    }

    @Test
    void whoBeginsToExportLaterGetsWhatIsCountedFromThen() {
        SimpleMeterRegistry late = new SimpleMeterRegistry();
        metrics.sensor("s").decided(Verdict.MATCH);
        metrics.export(late);
        metrics.sensor("s").decided(Verdict.MATCH);
        metrics.endExport(late);
        metrics.sensor("s").decided(Verdict.MATCH);

        assertThat(late.get(Metric.SENSOR_DECISIONS.key()).counter().count()).isEqualTo(1);
        assertThat(count(Metric.SENSOR_DECISIONS)).isEqualTo(3);
    }

    @Test
    void aGaugeThatCannotBeReadIsNoNumberAndOthersGoOn() {
        metrics.gauge(Metric.INBOX_EVENTS, () -> {
            throw new IllegalStateException("no disk");
        });
        metrics.gauge(Metric.INBOX_PENDING, () -> 7);

        assertThat(exported.get(Metric.INBOX_EVENTS.key()).gauge().value()).isNaN();
        assertThat(exported.get(Metric.INBOX_PENDING.key()).gauge().value()).isEqualTo(7);
        assertThat(names()).containsExactly(Metric.INBOX_EVENTS.key(), Metric.INBOX_PENDING.key());
    }

    @Test
    void ratesAreOfTheLastMinuteAndOfTheLastQuarterHour() {
        SourceMeters source = metrics.source("s");
        assertThat(source.perMinute(NOON)).isZero();
        Instant now = NOON;
        // Two events every ten seconds for half an hour.
        for (int i = 0; i < 180; i++) {
            source.sent("e", Duration.ZERO);
            source.sent("e", Duration.ZERO);
            now = now.plusSeconds(10);
            metrics.tick(now, List.of());
        }
        assertThat(source.perMinute(now)).isCloseTo(12, within(0.01));
        assertThat(source.perMinuteOfQuarterHour(now)).isCloseTo(12, within(0.01));

        // Then nothing for five minutes.
        for (int i = 0; i < 30; i++) {
            now = now.plusSeconds(10);
            metrics.tick(now, List.of());
        }
        assertThat(source.perMinute(now)).isZero();
        assertThat(source.perMinuteOfQuarterHour(now)).isCloseTo(8, within(0.01));
    }

    @Test
    void aYoungSourceHasNoRateOfTimesThatItHasNotSeen() {
        SourceMeters source = metrics.source("s");
        for (int i = 0; i < 30; i++) {
            metrics.tick(NOON.plusMillis(i * 100), List.of());
            source.sent("e", Duration.ZERO);
        }

        assertThat(source.perMinute(NOON.plusSeconds(5))).isEqualTo(30);
        assertThat(source.perMinute(NOON.plusSeconds(62))).isCloseTo(10, within(0.1));
        assertThat(source.perMinuteOfQuarterHour(NOON.plusSeconds(5))).isEqualTo(2);
    }
}
