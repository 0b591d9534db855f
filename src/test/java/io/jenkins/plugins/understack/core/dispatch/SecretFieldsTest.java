package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.EventSeal;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is secret reaches sensors and builds, and nobody else. */
class SecretFieldsTest {
    private static final String SECRET = "hunter2-hunter2";
    private static final String DATA = "{\"user\": \"u\", \"auth\": {\"password.txt\": \"" + SECRET + "\"}, \"list\": [{\"k\": \"" + SECRET + "\"}]}";
    private static final SecretFields FIELDS = SecretFields.parse(List.of("auth.password\\.txt", "list.0.k", "not.there"));

    private final MemoryStateStore state = new MemoryStateStore();
    private final SensorIndex index = new SensorIndex();
    private final List<Event> events = new ArrayList<>();
    private final List<Decision> shown = new ArrayList<>();
    private SecretFields fields = FIELDS;

    @Test
    void sensorsSeeItAndPeopleDoNot() throws Exception {
        sensor(dependency(null, "source", "user", "u"));
        Inbox inbox = TestInbox.withSecrets(state, "source");

        TestSink.send(dispatcher(inbox), event("source"));

        assertThat(shown).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).isEqualTo(Verdict.MATCH);
            assertThat(decision.starts().get(0).parameters())
                    .containsEntry("user", "u")
                    .containsEntry("password", "***")
                    .containsEntry("hash", "***");
        });
        assertThat(events.get(0).data()).isEqualTo(Json.parse(
                "{\"user\": \"u\", \"auth\": {\"password.txt\": \"***\"}, \"list\": [{\"k\": \"***\"}]}"));
        assertThat(shown.toString() + events).doesNotContain("hunter2").doesNotContain("HUNTER2");
        PendingStart pending = TestInbox.pending(inbox).get(0);
        assertThat(pending.start().parameters()).containsEntry("password", SECRET).containsEntry("hash", SECRET.toUpperCase());
        assertThat(inbox.reader().event(pending.number()).event()).isEqualTo(event("source"));
        assertThat(inbox.reader().event(pending.number()).decisions().toString()).doesNotContain("hunter2");
        assertThat(kept()).doesNotContain("hunter2").doesNotContain("HUNTER2");
    }

    @Test
    void aRejectionDoesNotQuoteIt() throws Exception {
        sensor(dependency(null, "source", "auth.password\\.txt", "another"));

        TestSink.send(dispatcher(TestInbox.withSecrets(state, "source")), event("source"));

        assertThat(shown).singleElement().extracting(Decision::verdict).isEqualTo(Verdict.NO_MATCH);
        assertThat(shown.toString()).doesNotContain("hunter2").contains("*** (depends on a secret field)");
    }

    @Test
    void whileItWaitsForOthersItIsEncryptedToo() throws Exception {
        sensor(dependency("a", "source", "auth.password\\.txt", SECRET), dependency("b", "plain", "user", "u"));
        Dispatcher dispatcher = dispatcher(TestInbox.withSecrets(state, "source"));

        TestSink.send(dispatcher, event("source"));
        assertThat(shown).singleElement().extracting(Decision::verdict).isEqualTo(Verdict.WAITING);
        assertThat(kept()).doesNotContain("hunter2");

        TestSink.send(dispatcher, event("plain"));
        assertThat(shown.get(1).verdict()).isEqualTo(Verdict.MATCH);
        assertThat(shown.get(1).starts().get(0).parameters()).containsEntry("password", "***");
    }

    @Test
    void anInboxWithoutAKeyKeepsNoneOfIt() throws Exception {
        sensor(dependency(null, "source", "auth.password\\.txt", SECRET));
        Inbox inbox = TestInbox.of(state, Clock.systemUTC());

        TestSink.send(dispatcher(inbox), event("source"));

        String number = TestInbox.pending(inbox).get(0).number();
        assertThat(inbox.reader().event(number).event().data()).isEqualTo(FIELDS.mask(event("source")).data());
        assertThat(state.map("events").toString()).doesNotContain("hunter2");
    }

    @Test
    void itStaysSecretWhenItsSourceHasGone() throws Exception {
        sensor(dependency(null, "source", "auth.password\\.txt", SECRET));
        Inbox inbox = TestInbox.withSecrets(state, "source");
        TestSink.send(dispatcher(inbox), event("source"));
        StoredEvent stored = inbox.reader().events(null, 1).get(0);
        events.clear();
        shown.clear();
        fields = SecretFields.NONE;

        List<Decision> again = dispatcher(inbox).replay(stored, name -> true).join();

        assertThat(again.toString() + shown + events).contains("***").doesNotContain("hunter2").doesNotContain("HUNTER2");
        assertThat(again.get(0).verdict()).isEqualTo(Verdict.MATCH);
        assertThat(stored.secrets()).isEqualTo(FIELDS);
        assertThat(TestInbox.pending(inbox)).hasSize(2).allSatisfy(start -> assertThat(start.start().parameters()).containsEntry("password", SECRET));
    }

    @Test
    void onlyPlainPaths() {
        for (String path : List.of("body.#.password", "body.*", "@this", "[a,b]", "body|a")) {
            assertThatThrownBy(() -> SecretFields.parse(List.of("ok", path)))
                    .hasMessage("secretFields[1]: \"" + path + "\" is no plain path; expected keys with dots between them, such as body.data.password");
        }
        assertThatThrownBy(() -> SecretFields.parse(List.of("a..b"))).hasMessageStartingWith("secretFields[0]: \"a..b\" has an empty part");
    }

    private static Dependency dependency(String name, String source, String path, String value) {
        return new Dependency(
                name,
                new Origin(source, "event"),
                null,
                null,
                List.of(new DataFilter(path, Comparator.EQUALS, List.of(value))),
                null,
                null);
    }

    private void sensor(Dependency... dependencies) {
        String prefix = dependencies.length == 1 ? "" : dependencies[0].name() + ".";
        Correlation correlation = dependencies.length == 1 ? null : new Correlation(null, Duration.ofMinutes(1), List.of());
        index.put(
                "s",
                new Sensor(
                                "s",
                                true,
                                List.of(dependencies),
                                correlation,
                                null,
                                "job",
                                List.of(
                                        Parameter.of("user", prefix + "user"),
                                        Parameter.of("password", prefix + "auth.password\\.txt"),
                                        new Parameter("hash", null, "." + prefix + "list[0].k | ascii_upcase", null, null, null, true)),
                                null,
                                null)
                        .compile());
    }

    private Dispatcher dispatcher(Inbox inbox) {
        EventSeal seal = new EventSeal("source"::equals, TestInbox.BACKWARDS);
        DecisionListener listener = (event, decisions) -> {
            events.add(event);
            shown.addAll(decisions);
        };
        return new Dispatcher(
                index,
                new Correlator(state, seal::close, seal::open),
                inbox,
                event -> {},
                listener,
                source -> source.equals("source") ? fields : SecretFields.NONE);
    }

    private static Event event(String source) throws Exception {
        return new Event("id", source, "event", "webhook", "type", Instant.EPOCH, Json.parse(DATA));
    }

    private String kept() {
        StringBuilder all = new StringBuilder();
        for (String map : List.of("events", "index", "identities", "arrivals", "starts", "outcomes", "deadLetters", "bodies", "correlation")) {
            all.append(state.map(map));
        }
        return all.toString();
    }
}
