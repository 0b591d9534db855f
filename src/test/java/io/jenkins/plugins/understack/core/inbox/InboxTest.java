package io.jenkins.plugins.understack.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.Retention;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inbox with a real file. */
class InboxTest {
    private static final Instant NOON = TestClock.NOON;
    private static final Duration DAY = Duration.ofDays(1);
    private static final StartRules RULES = new StartRules(
            ".a", ".b", new StartRules.Limit(3, Duration.ofHours(1), ".c"), Duration.ofSeconds(90), null,
            new StartRules.RateLimit(2, Duration.ofMinutes(1)), false);

    @TempDir
    Path folder;

    private InboxSettings settings = InboxSettings.DEFAULT;
    private final List<PendingStart> started = new ArrayList<>();
    private StateStore store;
    private Inbox inbox;
    private final TestClock clock = new TestClock();

    /** Not one to keep secrets with. */
    private static final PayloadCipher BASE64 = new PayloadCipher() {
        @Override
        public String encrypt(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String decrypt(String text) {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        }
    };

    @BeforeEach
    void open() {
        store = new FileStateStore(folder.resolve("inbox.mv"), clock);
        inbox = new Inbox(store, () -> settings, "secret"::equals, BASE64, clock);
        inbox.onStarts(started::addAll);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void restart() {
        close();
        open();
    }

    private static Event event(String source, String id) {
        try {
            return new Event(id, source, "event", "amqp", "type", NOON, Json.parse("{\"n\": 1.50, \"text\": \"payload\"}"));
        } catch (io.jenkins.plugins.understack.core.event.MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Decision match(String sensor, Map<String, String> parameters) {
        Start start = new Start("job", parameters, 0, new Start.Keys("k1", "k2", "k3"), RULES, false);
        return new Decision(sensor, Verdict.MATCH, List.of(new Reason("where", Decision.Outcome.PASS, "true")), List.of(start), null);
    }

    private StoredEvent put(String source, String id) {
        Event event = event(source, id);
        assertThat(inbox.known(event)).isNull();
        inbox.put(event, SecretFields.NONE, List.of(match("s", Map.of("p", "payload"))), () -> {}).join();
        return inbox.reader().events(null, 1).get(0);
    }

    private void settle(StoredEvent event) {
        for (PendingStart start : inbox.reader().pendingOf(event.number())) {
            inbox.settle(new Outcome(start.id(), "s", "job", Outcome.Kind.STARTED, "job#1", clock.instant()));
        }
    }

    @Test
    void whatIsPutIsThereAfterARestartAsItWas() {
        StoredEvent before = put("source", "1");
        PendingStart start = started.get(0);

        restart();

        assertThat(inbox.reader().event(before.number())).isEqualTo(before);
        assertThat(inbox.reader().event(before.number()).event()).isEqualTo(event("source", "1"));
        assertThat(inbox.reader().pending("", 10)).containsExactly(start);
        assertThat(start.start().parameters()).containsEntry("p", "payload");
        assertThat(start.start().rules()).isEqualTo(RULES);
        assertThat(put("source", "2").number()).isGreaterThan(before.number());
    }

    @Test
    void anEventIsKnownForAsLongAsIsSaid() {
        put("source", "1");
        assertThat(inbox.known(event("source", "1"))).isCompleted();
        assertThat(inbox.known(event("other", "1"))).isNull();
        restart();
        clock.pass(DAY);
        inbox.maintain();
        assertThat(inbox.known(event("source", "1"))).isCompleted();
        clock.pass(Duration.ofSeconds(1));
        inbox.maintain();
        assertThat(inbox.known(event("source", "1"))).isNull();
    }

    @Test
    void theSameEventAtTheSameMomentIsOne() {
        assertThat(inbox.known(event("source", "1"))).isNull();
        CompletableFuture<Void> second = inbox.known(event("source", "1"));
        assertThat(second).isNotDone();

        inbox.put(event("source", "1"), SecretFields.NONE, List.of(match("s", Map.of())), () -> {}).join();

        assertThat(second).isCompleted();
        assertThat(inbox.reader().eventCount()).isEqualTo(1);
    }

    @Test
    void whatCannotBeWrittenIsNotAcceptedAndCanComeAgain() {
        assertThat(inbox.known(event("source", "1"))).isNull();
        store.close();

        CompletableFuture<Void> put = inbox.put(event("source", "1"), SecretFields.NONE, List.of(match("s", Map.of())), () -> {});

        assertThatThrownBy(put::join).hasCauseInstanceOf(EventNotAcceptedException.class).hasMessageContaining("the inbox cannot be written: ");
        assertThatThrownBy(() -> inbox.known(event("source", "1"))).isInstanceOf(UncheckedIOException.class);
        assertThat(started).isEmpty();
        open();
        put("source", "1");
        assertThat(started).hasSize(1);
    }

    @Test
    void changesThatFailLeaveNothingBehind() {
        assertThat(inbox.known(event("source", "1"))).isNull();
        CompletableFuture<Void> put = inbox.put(event("source", "1"), SecretFields.NONE, List.of(match("s", Map.of())), () -> {
            throw new IllegalStateException("a mistake");
        });

        assertThatThrownBy(put::join).hasCauseInstanceOf(EventNotAcceptedException.class);
        assertThat(inbox.reader().eventCount()).isZero();
        assertThat(inbox.known(event("source", "1"))).isNull();
    }

    @Test
    void aFullInboxTakesNoMoreUntilSomethingIsSettled() {
        settings = new InboxSettings(DAY, Retention.DEFAULT, 1, 10);
        StoredEvent first = put("source", "1");

        assertThat(inbox.known(event("source", "2"))).isNull();
        assertThatThrownBy(() -> inbox.put(event("source", "2"), SecretFields.NONE, List.of(match("s", Map.of())), () -> {}).join())
                .hasCauseInstanceOf(TooManyEventsException.class)
                .hasMessageEndingWith("1 starts wait in the inbox; expected fewer than 1");

        settle(first);
        put("source", "2");
    }

    @Test
    void handledEventsGoByAgeCountAndBytesOfTheirSource() {
        settings = new InboxSettings(DAY, new Retention(Duration.ofDays(2), 3, 1_000_000), 100, 10);
        for (int i = 0; i < 5; i++) {
            settle(put("one", "" + i));
        }
        settle(put("two", "0"));
        inbox.maintain();
        assertThat(ids()).containsExactly("two 0", "one 4", "one 3", "one 2");

        int bytes = store.map("index").get(inbox.reader().events(null, 10).get(3).number()).length();
        assertThat(bytes).isPositive();
        settings = new InboxSettings(DAY, new Retention(Duration.ofDays(2), 100, 1), 100, 10);
        inbox.maintain();
        assertThat(ids()).isEmpty();
        assertThat(store.map("outcomes")).isEmpty();

        settings = new InboxSettings(DAY, new Retention(Duration.ofDays(2), 100, 1_000_000), 100, 10);
        settle(put("one", "old"));
        clock.pass(Duration.ofDays(2).plusSeconds(1));
        settle(put("one", "new"));
        inbox.maintain();
        assertThat(ids()).containsExactly("one new");
    }

    @Test
    void whatWaitsAndWhatIsDeadStays() {
        settings = new InboxSettings(DAY, new Retention(Duration.ZERO, 0, 0), 100, 10);
        put("source", "waits");
        put("source", "dead");
        inbox.refused(started.get(1), 3, "no").join();
        settle(put("source", "done"));
        clock.pass(Duration.ofSeconds(1));

        inbox.maintain();

        assertThat(ids()).containsExactly("source dead", "source waits");
    }

    @Test
    void theNewestDeadLettersAreKept() {
        settings = new InboxSettings(DAY, Retention.DEFAULT, 100, 2);
        for (int i = 0; i < 4; i++) {
            inbox.bury(new UnreadableMessage("source", "event", "m-" + i, "is not JSON", NOON, new byte[] {1, 2})).join();
        }

        assertThat(inbox.reader().deadLetters(null, 10)).extracting(DeadLetter::eventId).containsExactly("m-3", "m-2");
        assertThat(store.map("bodies")).hasSize(2);
        DeadLetter newest = inbox.reader().deadLetters(null, 1).get(0);
        assertThat(newest.kind()).isEqualTo(DeadLetter.Kind.MESSAGE);
        assertThat(inbox.reader().body(newest.id())).containsExactly(1, 2);
        inbox.discard(newest, "of no use").join();
        assertThat(inbox.reader().deadLetterCount()).isEqualTo(1);
        assertThat(inbox.reader().body(newest.id())).isNull();
        assertThat(inbox.reader().outcome(newest.id()).detail()).isEqualTo("of no use");
    }

    @Test
    void whatBelongsToASecretSourceIsEncrypted() throws Exception {
        StoredEvent stored = put("secret", "1");
        inbox.bury(new UnreadableMessage("secret", "event", "m", "is not JSON", NOON, "payload".getBytes(StandardCharsets.UTF_8))).join();
        put("open", "1");
        inbox.refused(started.get(1), 1, "no").join();

        assertThat(inbox.reader().event(stored.number()).event().data().path("text").asText()).isEqualTo("payload");
        assertThat(inbox.reader().pending("", 1).get(0).start().parameters()).containsEntry("p", "payload");
        for (String map : List.of("events", "starts", "bodies")) {
            assertThat(store.map(map).entrySet())
                    .filteredOn(entry -> !entry.getKey().startsWith(started.get(1).number()))
                    .as(map)
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getValue()).doesNotContain("payload", Base64.getEncoder().encodeToString("payload".getBytes(StandardCharsets.UTF_8))));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("inbox.mv"))).hasSize(2);
    }

    @Test
    void replaysHaveIdsOfTheirOwn() {
        StoredEvent stored = put("source", "1");
        settle(stored);

        inbox.replay(stored, List.of(match("s", Map.of())), () -> {}).join();
        inbox.replay(stored, List.of(match("s", Map.of())), () -> {}).join();

        assertThat(inbox.reader().pendingOf(stored.number())).extracting(PendingStart::id).doesNotHaveDuplicates().hasSize(2);
        assertThat(inbox.reader().outcomesOf(stored.number())).hasSize(1);
        assertThat(started).hasSize(3);
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 25; i++) {
            put("source", "" + i);
        }
        List<String> all = new ArrayList<>();
        String before = null;
        List<StoredEvent> page;
        while (!(page = inbox.reader().events(before, 10)).isEmpty()) {
            page.forEach(event -> all.add(event.event().id()));
            before = page.get(page.size() - 1).number();
        }
        assertThat(all).hasSize(25).startsWith("24", "23").endsWith("1", "0").doesNotHaveDuplicates();
        assertThat(inbox.reader().pending(started.get(9).id(), 10)).first().isEqualTo(started.get(10));
    }

    private List<String> ids() {
        return inbox.reader().events(null, 100).stream().map(stored -> stored.event().source() + " " + stored.event().id()).toList();
    }

    /** Known and without its start it would be acknowledged when it comes again, and lost. */
    @Test
    void anErrorInTheMiddleLeavesNothingOfTheEventAndItCanComeAgain() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        InboxTap.on(inbox, (map, method) -> {
            if (map.equals("starts") && method.equals("put") && failing.getAndSet(false)) {
                throw new StackOverflowError("of the test");
            }
        });
        Event event = event("source", "e-1");
        assertThat(inbox.known(event)).isNull();
        assertThatThrownBy(() -> inbox.put(event, SecretFields.NONE, List.of(match("s", Map.of())), () -> {}).join())
                .hasCauseInstanceOf(EventNotAcceptedException.class);

        assertThat(inbox.known(event)).as("it is as if it had never come").isNull();
        inbox.put(event, SecretFields.NONE, List.of(match("s", Map.of())), () -> {}).join();
        restart();
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::eventId).containsExactly("e-1");
        assertThat(inbox.reader().eventCount()).isEqualTo(1);
    }
}
