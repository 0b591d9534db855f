package io.jenkins.plugins.understack.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.source.Retention;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long events are kept, by the settings of all sources and of one. */
class RetentionTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MemoryStateStore store = new MemoryStateStore();

    @Test
    void aSourceHasItsOwnAge() {
        put(NOON, "long", 1);
        put(NOON, "short", 1);

        InboxSettings settings = settings(new Retention(Duration.ofDays(1), null, null))
                .with(Map.of("long", new Retention(Duration.ofDays(30), null, null)));
        at(NOON.plus(Duration.ofDays(2)), settings).maintain();

        assertThat(kept("long")).containsExactly("long-0");
        assertThat(kept("short")).isEmpty();
        assertThat(settings.longestAge()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void aSourceHasItsOwnNumberAndTheAgeOfAll() {
        put(NOON, "few", 5);
        put(NOON, "all", 5);

        InboxSettings settings = settings(new Retention(Duration.ofDays(1), 4, null)).with(Map.of("few", new Retention(null, 2, null)));
        at(NOON, settings).maintain();
        assertThat(kept("few")).containsExactly("few-4", "few-3");
        assertThat(kept("all")).containsExactly("all-4", "all-3", "all-2", "all-1");

        at(NOON.plus(Duration.ofDays(2)), settings).maintain();
        assertThat(kept("few")).isEmpty();
    }

    @Test
    void aSourceHasItsOwnBytes() {
        put(NOON, "small", 3);

        at(NOON, settings(null).with(Map.of("small", new Retention(null, null, 1L)))).maintain();

        assertThat(kept("small")).isEmpty();
    }

    private static InboxSettings settings(Retention retention) {
        return InboxSettings.of(null, retention, null, null);
    }

    private Inbox at(Instant now, InboxSettings settings) {
        return new Inbox(store, () -> settings, source -> false, null, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void put(Instant now, String source, int events) {
        Inbox inbox = at(now, InboxSettings.DEFAULT);
        for (int i = 0; i < events; i++) {
            Event event = new Event(source + "-" + i, source, "event", "amqp", "type", now, JsonNodeFactory.instance.objectNode());
            assertThat(inbox.known(event)).isNull();
            inbox.put(event, SecretFields.NONE, List.of(new Decision("s", Verdict.WAITING, List.of())), () -> {}).join();
        }
    }

    private List<String> kept(String source) {
        return at(NOON, InboxSettings.DEFAULT).reader().events(null, 100).stream()
                .map(StoredEvent::event)
                .filter(event -> event.source().equals(source))
                .map(Event::id)
                .toList();
    }
}
