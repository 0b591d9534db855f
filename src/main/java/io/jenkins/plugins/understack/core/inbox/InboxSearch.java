package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks for events or dead letters, newest first; what one page costs does not depend on how much there is. */
public final class InboxSearch {
    /** So many are looked at for one page: with events of 2 kB, some tenths of a second. */
    static final int MOST = 5_000;
    /** So many are read at once. */
    private static final int SOME = 100;

    private final InboxReader reader;
    private final Search wanted;

    public InboxSearch(InboxReader reader, Search wanted) {
        this.reader = reader;
        this.wanted = wanted;
    }

    /** @param next where to go on, below it: there may be more; null where there is none */
    public record Page<T>(List<T> found, String next) {}

    /** Below number {@code before}, or from the newest on for null. */
    public Page<StoredEvent> events(String before, int limit) {
        return page(reader::events, StoredEvent::number, this::isWanted, before, limit);
    }

    /** Below the id {@code before}, or from the newest on for null. */
    public Page<DeadLetter> deadLetters(String before, int limit) {
        return page(reader::deadLetters, DeadLetter::id, wanted::wants, before, limit);
    }

    private <T> Page<T> page(
            BiFunction<String, Integer, List<T>> read, Function<T, String> key, Predicate<T> wants, String before, int limit) {
        List<T> found = new ArrayList<>();
        String place = before;
        for (int looked = 0; looked < MOST; ) {
            int some = wanted.isAnything() ? limit : Math.min(SOME, MOST - looked);
            List<T> entries = read.apply(place, some);
            for (T entry : entries) {
                place = key.apply(entry);
                if (wants.test(entry)) {
                    found.add(entry);
                }
                if (found.size() == limit) {
                    return new Page<>(found, place);
                }
            }
            if (entries.size() < some) {
                return new Page<>(found, null);
            }
            looked += some;
        }
        return new Page<>(found, place);
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
