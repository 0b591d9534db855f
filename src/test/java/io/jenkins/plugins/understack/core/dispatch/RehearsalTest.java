package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Rehearsal rehearsal = new Rehearsal(List.of(
            new Sensor(
                    "pair",
                    true,
                    List.of(dependency("a"), dependency("b")),
                    new Correlation(null, Duration.ofMinutes(10), List.of()),
                    null,
                    "job",
                    List.of(),
                    null,
                    null),
            new Sensor("each", new Dependency("s", "a"), "job", List.of())));

    @Test
    void remembersWhatWaitsAndForgetsItWhenItStartsOrIsOver() {
        assertThat(show("a", 0)).containsExactly("pair WAITING", "each MATCH");
        assertThat(show("b", 9)).containsExactly("pair MATCH");
        // The pair is used up.
        assertThat(show("b", 10)).containsExactly("pair WAITING");
        // The other half has waited too long.
        assertThat(show("a", 21)).containsExactly("pair WAITING", "each MATCH");
        assertThat(show("c", 22)).isEmpty();
    }

    private List<String> show(String name, int minute) {
        Event event = new Event(
                name + minute, "s", name, "webhook", "t", START.plus(Duration.ofMinutes(minute)), Json.MAPPER.createObjectNode());
        return rehearsal.show(event).stream().map(RehearsalTest::text).toList();
    }

    private static String text(Decision decision) {
        assertThat(decision.starts()).hasSize(decision.verdict() == Verdict.MATCH ? 1 : 0);
        return decision.sensor() + " " + decision.verdict();
    }

    private static Dependency dependency(String event) {
        return new Dependency(event, new Origin("s", event), null, null, List.of(), null, null);
    }
}
