package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.TestClock;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random bytes of the file of an inbox are flipped while nobody has it. */
class DamagedInboxTest {
    private static final int EVENTS = 200;

    private static final int ATTEMPTS = 10;

    @TempDir
    Path folder;

    private final List<String> tried = new ArrayList<>();
    private final TestClock clock = new TestClock();

    /** Whatever is hit: each start that is left is tried with its own event or is a dead letter, and new events are accepted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsReadableIsStartedAndTheRestIsSaid(long seed) throws Exception {
        Path file = folder.resolve("inbox.mv");
        try (StateStore store = new FileStateStore(file, Clock.systemUTC())) {
            Inbox inbox = TestInbox.of(store, Clock.systemUTC());
            // Together, so that little of the file is out of date.
            CompletableFuture.allOf(IntStream.range(0, EVENTS).mapToObj(i -> put(inbox, "e-" + i)).toArray(CompletableFuture[]::new)).join();
        }
        flip(file, new Random(seed), 5);

        try (StateStore store = new FileStateStore(file, Clock.systemUTC())) {
            Inbox inbox = TestInbox.of(store, Clock.systemUTC());
            Starter starter = new Starter(
                    inbox,
                    (event, start) -> {
                        assertThat(event.id()).isEqualTo(start.eventId());
                        assertThat(text(event)).isEqualTo(value(event.id()));
                        tried.add(event.id());
                        return new StartOutcome.Queued();
                    },
                    FlightLimits.NONE,
                    clock);
            whenMended(() -> {
                starter.load();
                return null;
            });
            int left = TestInbox.pending(inbox).size();
            step(starter);
            assertThat(tried).doesNotHaveDuplicates();
            List<DeadLetter> letters = inbox.reader().deadLetters(null, EVENTS);
            assertThat(letters)
                    .extracting(DeadLetter::reason)
                    .allMatch("event: cannot be read from the inbox; perhaps its file was damaged"::equals);
            assertThat(tried).hasSize(left - letters.size());

            // Who sent it sends it again.
            whenMended(() -> put(inbox, "new").join());
            step(starter);
            assertThat(tried.get(tried.size() - 1)).isEqualTo("new");
        }
        try (StateStore store = new FileStateStore(file, Clock.systemUTC())) {
            assertThat(TestInbox.pending(TestInbox.of(store, Clock.systemUTC())).stream().map(PendingStart::eventId))
                    .containsExactlyInAnyOrderElementsOf(new HashSet<>(tried));
        }
    }

    /** What could not be read at first is tried again after a while. */
    private void step(Starter starter) {
        for (int i = 0; i < ATTEMPTS; i++) {
            while (starter.step()) {
                assertThat(tried).hasSizeLessThanOrEqualTo(EVENTS + 1);
            }
            clock.pass(Duration.ofSeconds(10));
        }
    }

    private static CompletableFuture<Void> put(Inbox inbox, String id) {
        JsonNode data = JsonNodeFactory.instance.objectNode().put("text", value(id));
        Event event = new Event(id, "source", "event", "amqp", "type", StarterBed.NOON, data);
        assertThat(inbox.known(event)).isNull();
        Start start = new Start("job", Map.of(), 0, Start.Keys.NONE, StartRules.NONE);
        return inbox.put(event, SecretFields.NONE, List.of(new Decision("s", Verdict.MATCH, List.of(), List.of(start), null)), () -> {});
    }

    private static String value(String id) {
        return id.repeat(40);
    }

    private static String text(Event event) {
        return event.data().path("text").asText();
    }

    private static void flip(Path path, Random random, int times) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (int i = 0; i < times; i++) {
                // Behind the two headers, of which one would be enough.
                long position = 8_192 + random.nextInt((int) file.length() - 8_192);
                file.seek(position);
                int before = file.read();
                file.seek(position);
                file.write(before ^ 0xff);
            }
        }
    }

    /** The first looks may find damage; the store mends it meanwhile. */
    private static <T> T whenMended(Callable<T> work) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.call();
            } catch (UncheckedIOException | CompletionException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
