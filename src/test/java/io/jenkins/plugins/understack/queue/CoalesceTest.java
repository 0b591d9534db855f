package io.jenkins.plugins.understack.queue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Queue;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What happens to those that a newer event takes the place of, and to events that are delivered again. */
@WithJenkins
class CoalesceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final StartRules NEWEST = new StartRules(null, ".key", null, null, null, null, false);

    private Gates gates;

    @AfterEach
    void end() throws Exception {
        gates.r.jenkins.getQueue().clear();
        for (int i = 0; i <= 30; i++) {
            Gates.open("" + i);
        }
        gates.r.waitUntilNoActivity();
    }

    @Test
    void aReplacementTakesTheSlotOfWhatItReplaces(JenkinsRule r) throws Exception {
        gates = Gates.create(r, null, new StartRules(null, ".key", null, null, null, new RateLimit(1, LONG), false));
        Gates.send("1", "a");
        gates.awaitRunning("1");
        Gates.send("2", "b");
        Instant slot = begin("2");

        Gates.send("3", "b");
        Gates.send("4", "b");
        assertThat(gates.waiting()).containsExactly("4");
        // Jenkins counts whole seconds.
        assertThat(begin("4")).isBetween(slot.minusSeconds(2), slot.plusSeconds(2));

        Gates.send("5", "c");
        assertThat(Duration.between(slot, begin("5"))).isBetween(LONG.minusSeconds(2), LONG.plusSeconds(2));
    }

    @Test
    void aReplacementCountsInPlaceOfWhatItReplaces(JenkinsRule r) throws Exception {
        gates = Gates.create(r, null, new StartRules(null, ".key", new Limit(2, LONG, null), null, null, null, false));
        Gates.send("1", "a");
        gates.awaitRunning("1");

        Gates.send("2", "a");
        Gates.send("3", "a");

        assertThat(item("3").getAction(TurnAction.class).getHeld()).isNull();
        Gates.send("4", "b");
        assertThat(item("4").getAction(TurnAction.class).getHeld()).isEqualTo("more than 2 in 1h");
    }

    @Test
    void anOlderEventThatComesAgainReplacesNothing(JenkinsRule r) throws Exception {
        gates = Gates.create(r, null, NEWEST);
        Gates.send("1", "a");
        gates.awaitRunning("1");
        Gates.send("2", "a");
        Gates.send("3", "a");

        for (String again : new String[] {"1", "2", "3"}) {
            Gates.send(again, "a");
            assertThat(gates.waiting()).containsExactly("3");
        }
        assertThat(item("3").getAction(TurnAction.class).getReplaced()).containsExactly("2");

        // The newest one runs now, and one that it replaced would only undo what it does.
        Gates.open("1");
        gates.awaitRunning("3");
        Gates.send("2", "a");
        assertThat(gates.waiting()).isEmpty();
    }

    @Test
    void theStartsOfOneEventReplaceEachOther(JenkinsRule r) throws Exception {
        gates = Gates.create(r, ".items[]", new StartRules(null, "\"one\"", null, LONG, null, null, false));

        Events.send("m-1", "{\"items\": [\"1\", \"2\", \"3\"]}");

        assertThat(gates.waiting()).containsExactly("3");
    }

    @Test
    void theNewestOfManyThatWereReplacedAreNamed(JenkinsRule r) throws Exception {
        gates = Gates.create(r, null, new StartRules(null, ".key", null, LONG, null, null, false));
        for (int i = 1; i <= 26; i++) {
            Gates.send("" + i, "a");
        }

        TurnAction turn = item("26").getAction(TurnAction.class);
        assertThat(turn.getReplaced()).hasSize(20).startsWith("6").endsWith("25");
        assertThat(turn.getReplacedText()).startsWith("6, 7, ").endsWith(", 25 and 5 more");
        // As it is on disk.
        TurnAction loaded = (TurnAction) Queue.XSTREAM.fromXML(Queue.XSTREAM.toXML(turn));
        assertThat(loaded.getReplacedText()).isEqualTo(turn.getReplacedText());
        assertThat(loaded.count()).isEqualTo(turn.count());
        assertThat(loaded.hasSeen(turn)).isTrue();
        assertThat(loaded.keys()).isEqualTo(turn.keys()).hasSize(1);
    }

    private static Queue.Item item(String id) {
        return Arrays.stream(Queue.getInstance().getItems())
                .filter(item -> item.getParams().strip().equals("id=" + id))
                .findFirst()
                .orElseThrow();
    }

    private static Instant begin(String id) {
        return ((Queue.WaitingItem) item(id)).timestamp.toInstant();
    }
}
