package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Start;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final RecentEvents recent = new RecentEvents(START, "central"::equals);

    @Test
    void keepsEventsWithDataAndDecisionsNewestFirst() throws Exception {
        JsonNode data = Json.parse("{\"a\": [1.50, 9007199254740993, \"ü\"]}");
        recent.decided(event(1, data), List.of(decision("central", "x"), decision("job", "y")));
        recent.decided(event(2, Json.parse("{}")), List.of());

        assertThat(recent.entries()).extracting(entry -> entry.attributes().id()).containsExactly("2", "1");
        RecentEvents.Entry entry = recent.entries().get(1);
        assertThat(entry.event()).isEqualTo(event(1, data));
        assertThat(entry.attributes().data().isNull()).isTrue();
        assertThat(entry.central()).containsExactly("central");
        assertThat(entry.decisions().get(1).starts().get(0).parameters()).containsEntry("p", "y");
        assertThat(recent.since()).isEqualTo(START);
    }

    @Test
    void readsBackWhatIsAsDeepAsAnEventCanBe() throws Exception {
        // A body of the deepest kind that is accepted, within the data of its source.
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.set("body", Json.parse("[".repeat(200) + "]".repeat(200)));
        recent.decided(event(1, data), List.of());

        assertThat(recent.entries().get(0).event().data()).isEqualTo(data);
    }

    @Test
    void isBoundedByCount() throws Exception {
        for (int i = 0; i < RecentEvents.MAX_EVENTS + 3; i++) {
            recent.decided(event(i, Json.parse("{}")), List.of());
        }

        assertThat(recent.entries()).hasSize(RecentEvents.MAX_EVENTS);
        // Complete only from the oldest that is left.
        assertThat(recent.since()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void isBoundedByBytesOfDataAndOfDecisions() {
        int large = (int) RecentEvents.MAX_BYTES / 4;
        JsonNode data = Json.MAPPER.getNodeFactory().textNode("x".repeat(large));
        for (int i = 0; i < 3; i++) {
            recent.decided(event(i, data), List.of());
        }
        assertThat(recent.entries()).hasSize(3);
        recent.decided(event(3, data), List.of(decision("central", "y".repeat(2 * large))));
        assertThat(recent.entries()).extracting(entry -> entry.attributes().id()).containsExactly("3");

        recent.decided(event(4, Json.MAPPER.getNodeFactory().textNode("z".repeat(5 * large))), List.of());
        assertThat(recent.entries()).extracting(entry -> entry.attributes().id()).containsExactly("4");
    }

    @Test
    void manySmallThingsCountAsWhatTheyTake() throws Exception {
        List<Decision.Reason> reasons = Collections.nCopies(50_000, new Decision.Reason("a", Decision.Outcome.PASS, ""));
        List<Start> starts = Collections.nCopies(50_000, new Start("job", Map.of("p", ""), 0, Start.Keys.NONE, null));
        for (Decision decision : List.of(
                new Decision("central", Decision.Verdict.NO_MATCH, reasons),
                new Decision("central", Decision.Verdict.MATCH, List.of(), starts, null))) {
            RecentEvents many = new RecentEvents(START, "central"::equals);
            for (int i = 0; i < 20; i++) {
                many.decided(event(i, Json.parse("{}")), List.of(decision));
            }
            // Each takes some MB.
            assertThat(many.entries()).hasSizeBetween(1, 10);
        }
    }

    private static Event event(int number, JsonNode data) {
        return new Event(String.valueOf(number), "s", "e", "webhook", "t", START.plusSeconds(number), data);
    }

    private static Decision decision(String sensor, String value) {
        return new Decision(
                sensor, Decision.Verdict.MATCH, List.of(), List.of(new Start("job", Map.of("p", value), 0, Start.Keys.NONE, null)), null);
    }
}
