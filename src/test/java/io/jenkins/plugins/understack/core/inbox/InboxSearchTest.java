package io.jenkins.plugins.understack.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxSearchTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Inbox inbox = TestInbox.of(new MemoryStateStore(), Clock.systemUTC());
    private final List<PendingStart> starts = new ArrayList<>();

    /** Four events: one waits, one was started, one is a dead letter of two sensors, one waits for others. */
    private void four() {
        inbox.onStarts(starts::addAll);
        put("uuid-1-waits", "nova", "server", "create", start("boot", "jobs/boot"));
        put("uuid-2-started", "nova", "server", "create", start("boot", "jobs/boot"));
        put("uuid-3-dead", "ironic", "node", "power", start("power", "jobs/power"), start("boot", "jobs/boot"));
        put("uuid-4-pair", "ironic", "port", "bound", new Decision("pair", Verdict.WAITING, List.of()), new Decision("power", Verdict.NO_MATCH, List.of()));
        inbox.settle(new Outcome(starts.get(1).id(), "boot", "jobs/boot", Outcome.Kind.STARTED, "jobs/boot#1", NOON));
        inbox.refused(starts.get(2), 1, "is gone").join();
        inbox.settle(new Outcome(starts.get(3).id(), "boot", "jobs/boot", Outcome.Kind.STARTED, "jobs/boot#2", NOON));
        inbox.bury(new UnreadableMessage("ironic", "node", "uuid-5-broken", "is no JSON", NOON, "x".getBytes(StandardCharsets.UTF_8))).join();
    }

    @ParameterizedTest
    @CsvSource({
        "id, uuid-2, uuid-2-started",
        "id, 000003, uuid-3-dead",
        "source, ironic, uuid-4-pair uuid-3-dead",
        "source, iron, ''",
        "event, port, uuid-4-pair",
        "type, create, uuid-2-started uuid-1-waits",
        "sensor, boot, uuid-3-dead uuid-2-started uuid-1-waits",
        "sensor, pair, uuid-4-pair",
        "sensor, power, uuid-3-dead",
        "job, jobs/power, uuid-3-dead",
        "state, pending, uuid-1-waits",
        "state, started, uuid-3-dead uuid-2-started",
        "state, dead-letter, uuid-3-dead",
    })
    void eachFieldFindsEvents(String field, String wanted, String found) {
        four();
        assertThat(events(Map.of(field, wanted))).isEqualTo(found);
    }

    @Test
    void sensorJobAndStateAreThoseOfOneStart() {
        four();
        assertThat(events(Map.of("sensor", "power", "state", "dead-letter", "source", " ironic "))).isEqualTo("uuid-3-dead");
        assertThat(events(Map.of("sensor", "boot", "state", "dead-letter"))).isEmpty();
        assertThat(events(Map.of())).isEqualTo("uuid-4-pair uuid-3-dead uuid-2-started uuid-1-waits");
    }

    @ParameterizedTest
    @CsvSource({
        "id, uuid-5, uuid-5-broken",
        "id, 000003-0000, uuid-3-dead",
        "source, ironic, uuid-5-broken uuid-3-dead",
        "event, server, ''",
        "sensor, power, uuid-3-dead",
        "job, jobs/power, uuid-3-dead",
        "type, power, ''",
        "state, started, ''",
        "state, dead-letter, uuid-5-broken uuid-3-dead",
    })
    void eachFieldFindsDeadLetters(String field, String wanted, String found) {
        four();
        List<DeadLetter> letters =
                new InboxSearch(inbox.reader(), Search.of(Map.of(field, wanted)::get)).deadLetters(null, 10).found();
        assertThat(String.join(" ", letters.stream().map(DeadLetter::eventId).toList())).isEqualTo(found);
    }

    @Test
    void aPageLooksAtSoManyAndTheNextGoesOn() throws Exception {
        for (int i = 0; i < InboxSearch.MOST + 300; i++) {
            put("id-" + i, i == 10 ? "rare" : "source", "event", "type", start("s", "job"));
        }
        AtomicInteger reads = new AtomicInteger();
        InboxTap.on(inbox, (map, method) -> reads.incrementAndGet());
        InboxSearch rare = new InboxSearch(inbox.reader(), Search.of(Map.of("source", "rare", "state", "pending")::get));

        InboxSearch.Page<StoredEvent> first = rare.events(null, 50);
        assertThat(first.found()).isEmpty();
        assertThat(reads.get()).as("one step for each, and one for the beginning of each hundred").isBetween(InboxSearch.MOST, InboxSearch.MOST * 11 / 10);
        InboxSearch.Page<StoredEvent> second = rare.events(first.next(), 50);
        assertThat(second.found()).extracting(stored -> stored.event().id()).containsExactly("id-10");
        assertThat(second.next()).isNull();

        InboxSearch.Page<StoredEvent> many = new InboxSearch(inbox.reader(), Search.of(Map.of("id", "id-")::get)).events(null, 50);
        assertThat(many.found()).hasSize(50);
        assertThat(many.next()).isEqualTo(many.found().get(49).number());
    }

    /** Of 1 MB each: neither are more than a few dozen read for one page, nor are their data kept with those that are found. */
    @Test
    void aPageOfLargeEventsEndsAfterSoMuchTextAndTheNextGoesOn() {
        String text = "x".repeat(1024 * 1024);
        for (int i = 0; i < 100; i++) {
            Event event = new Event(
                    "id-" + i, "source", "event", "amqp", "type", NOON, JsonNodeFactory.instance.objectNode().put("text", text));
            assertThat(inbox.known(event)).isNull();
            inbox.put(event, SecretFields.NONE, List.of(start("s", "job")), () -> {}).join();
        }
        for (Search search : List.of(Search.ANYTHING, Search.of(Map.of("source", "source")::get))) {
            InboxSearch.Page<StoredEvent> first = new InboxSearch(inbox.reader(), search).events(null, 1_000);
            assertThat(first.found()).hasSize(64).allMatch(stored -> stored.event().data().isNull());
            InboxSearch.Page<StoredEvent> second = new InboxSearch(inbox.reader(), search).events(first.next(), 36);
            assertThat(second.found()).hasSize(36).last().matches(stored -> stored.event().id().equals("id-0"));
            assertThat(second.next()).as("a page that is just full is the last one where there is nothing more").isNull();
        }
    }

    @Test
    void anUnknownStateIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Search.of(Map.of("state", "done")::get))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("state: is unknown; expected one of pending, dead-letter, started, replaced, discarded, dropped");
    }

    private String events(Map<String, String> wanted) {
        return String.join(
                " ",
                new InboxSearch(inbox.reader(), Search.of(wanted::get)).events(null, 10).found().stream()
                        .map(stored -> stored.event().id())
                        .toList());
    }

    private static Decision start(String sensor, String job) {
        return new Decision(
                sensor, Verdict.MATCH, List.of(), List.of(new Start(job, Map.of(), 0, Start.Keys.NONE, StartRules.NONE)), null);
    }

    private void put(String id, String source, String name, String type, Decision... decisions) {
        Event event = new Event(id, source, name, "amqp", type, NOON, JsonNodeFactory.instance.objectNode());
        assertThat(inbox.known(event)).isNull();
        inbox.put(event, SecretFields.NONE, List.of(decisions), () -> {}).join();
    }
}
