package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Looks for events or dead letters, newest first; what one page costs does not depend on how much there is. */
public final class InboxSearch {
    /** So many are looked at for one page: with events of 2 kB, some tenths of a second. */
    static final int MOST = 5_000;
    /** So many characters are read for one page: events may be large. */
    static final long MOST_TEXT = 64L * 1024 * 1024;

    private final InboxReader reader;
    private final Search wanted;

    public InboxSearch(InboxReader reader, Search wanted) {
        this.reader = reader;
        this.wanted = wanted;
    }

    /** @param next where to go on, below it: there may be more; null where there is none */
    public record Page<T>(List<T> found, String next) {}

    /** Below number {@code before}, or from the newest on for null; without their data, which a list does not need. */
    public Page<StoredEvent> events(String before, int limit) {
        return page(reader.maps.events.below(before), StoredEvent.class, this::isWanted, StoredEvent::withoutData, limit);
    }

    /** Below the id {@code before}, or from the newest on for null. */
    public Page<DeadLetter> deadLetters(String before, int limit) {
        return page(reader.maps.deadLetters.below(before), DeadLetter.class, wanted::wants, letter -> letter, limit);
    }

    /** One after the other, so that of the large ones one is in memory. */
    private <T> Page<T> page(
            Iterable<Map.Entry<String, String>> entries, Class<T> type, Predicate<T> wants, UnaryOperator<T> brief, int limit) {
        List<T> found = new ArrayList<>();
        String place = null;
        int looked = 0;
        long read = 0;
        for (Map.Entry<String, String> entry : entries) {
            if (found.size() == limit || looked == MOST || read >= MOST_TEXT) {
                return new Page<>(found, place);
            }
            place = entry.getKey();
            looked++;
            read += entry.getValue().length();
            T value = reader.maps.read(place, entry.getValue(), type);
            if (value != null && wants.test(value)) {
                found.add(brief.apply(value));
            }
        }
        return new Page<>(found, null);
    }

    private boolean isWanted(StoredEvent stored) {
        if (!wanted.mayWant(stored)) {
            return false;
        }
        return !wanted.asksForStart()
                || stored.decisions().stream().anyMatch(wanted::wantsDecision)
                || reader.pendingOf(stored.number()).stream()
                        .anyMatch(start -> wanted.wantsStart(start.sensor(), start.start().job(), Search.PENDING))
                || reader.outcomesOf(stored.number()).stream()
                        .anyMatch(outcome -> wanted.wantsStart(outcome.sensor(), outcome.job(), Decision.label(outcome.kind())))
                || reader.deadLettersOf(stored.number()).stream()
                        .anyMatch(letter -> wanted.wantsStart(letter.sensor(), letter.job(), Search.DEAD_LETTER));
    }
}
