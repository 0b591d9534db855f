package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What is in the inbox, in pages. Each page is read from the store; its cost does not depend on how much there is. */
public final class InboxReader {
    final InboxMaps maps;
    private final StateStore store;

    InboxReader(InboxMaps maps, StateStore store) {
        this.maps = maps;
        this.store = store;
    }

    public int eventCount() {
        return maps.events.size();
    }

    public int pendingCount() {
        return maps.starts.size();
    }

    public int deadLetterCount() {
        return maps.deadLetters.size();
    }

    /** What the file of the inbox takes. */
    public long bytes() {
        return store.bytes();
    }

    public String problem() {
        return store.problem();
    }

    /** Newest first, below number {@code before}, or the newest of all for null. */
    public List<StoredEvent> events(String before, int limit) {
        return page(maps.events.below(before), limit, StoredEvent.class);
    }

    /** The event with this number, or null. */
    public StoredEvent event(String number) {
        return maps.read(number, maps.events.get(number), StoredEvent.class);
    }

    /** The event of the start with this id, or null. */
    public StoredEvent eventOf(String start) {
        return event(Ids.number(start));
    }

    /** Oldest first, after the id {@code after}, or the oldest of all for the empty text. */
    public List<PendingStart> pending(String after, int limit) {
        return page(maps.starts.from(after.isEmpty() ? "" : after + "\0"), limit, PendingStart.class);
    }

    /** For how long the oldest start has been pending; zero where none is. */
    public Duration lag(Instant now) {
        return pending("", 1).stream().map(start -> Duration.between(start.since(), now)).findFirst().orElse(Duration.ZERO);
    }

    /** The start with this id while it is pending, else null. */
    public PendingStart pendingStart(String id) {
        return maps.read(id, maps.starts.get(id), PendingStart.class);
    }

    /** What became of the start with this id; null while it is pending, and where nothing is known of it. */
    public Outcome outcome(String id) {
        return maps.read(id, maps.outcomes.get(id), Outcome.class);
    }

    /** Newest first, below the id {@code before}, or the newest of all for null. */
    public List<DeadLetter> deadLetters(String before, int limit) {
        return page(maps.deadLetters.below(before), limit, DeadLetter.class);
    }

    /** The dead letter with this id, or null. */
    public DeadLetter deadLetter(String id) {
        return maps.read(id, maps.deadLetters.get(id), DeadLetter.class);
    }

    /** What is kept of a message that cannot be read as an event, or null. */
    public byte[] body(String id) {
        String text = maps.read(id, maps.bodies.get(id), String.class);
        return text == null ? null : Base64.getDecoder().decode(text);
    }

    public List<PendingStart> pendingOf(String number) {
        return of(maps.starts, number, PendingStart.class);
    }

    public List<Outcome> outcomesOf(String number) {
        return of(maps.outcomes, number, Outcome.class);
    }

    public List<DeadLetter> deadLettersOf(String number) {
        return of(maps.deadLetters, number, DeadLetter.class);
    }

    /** For one more start of an event. */
    int nextOrdinal(String number) {
        return Stream.of(maps.starts, maps.outcomes, maps.deadLetters)
                .flatMap(map -> keys(map, number).stream())
                .mapToInt(id -> Ids.ordinal(id) + 1)
                .max()
                .orElse(0);
    }

    private static List<String> keys(StateMap map, String number) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, String> entry : map.from(number)) {
            if (!entry.getKey().startsWith(number)) {
                break;
            }
            keys.add(entry.getKey());
        }
        return keys;
    }

    private <T> List<T> of(StateMap map, String number, Class<T> type) {
        return keys(map, number).stream()
                .map(key -> maps.read(key, map.get(key), type))
                .filter(Objects::nonNull)
                .toList();
    }

    private <T> List<T> page(Iterable<Map.Entry<String, String>> entries, int limit, Class<T> type) {
        List<T> page = new ArrayList<>();
        Iterator<Map.Entry<String, String>> all = entries.iterator();
        while (page.size() < limit && all.hasNext()) {
            Map.Entry<String, String> entry = all.next();
            T value = maps.read(entry.getKey(), entry.getValue(), type);
            if (value != null) {
                page.add(value);
            }
        }
        return page;
    }
}
