package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Adds events, starts and dead letters to the maps. All of it is to be called within a write; see {@link InboxReader} for reading. */
final class InboxWriter {
    private final InboxMaps maps;
    /** Null until the store could be read. */
    private volatile AtomicLong lastNumber;

    InboxWriter(InboxMaps maps) {
        this.maps = maps;
    }

    private String nextNumber() {
        if (lastNumber == null) {
            synchronized (this) {
                lastNumber = lastNumber == null ? new AtomicLong(readLastNumber()) : lastNumber;
            }
        }
        return Ids.number(lastNumber.incrementAndGet());
    }

    private long readLastNumber() {
        long last = 0;
        for (String key : new String[] {maps.arrivals.lastKey(), maps.events.lastKey(), maps.deadLetters.lastKey()}) {
            last = key == null ? last : Math.max(last, Long.parseUnsignedLong(key.substring(0, 16), 16));
        }
        return last;
    }

    /**
     * Returns its number.
     *
     * @param secrets those of its source at this moment
     */
    String addEvent(Event event, SecretFields secrets, List<Decision> decisions, Instant now) {
        String number = nextNumber();
        String text = maps.write(
                event.source(),
                new StoredEvent(number, event, now, decisions.stream().map(Decision::withoutValues).toList(), secrets.texts()));
        maps.events.put(number, text);
        maps.index.put(number, new InboxMaps.IndexEntry(now, text.length(), event.source()).print());
        return number;
    }

    /**
     * The starts that sensors decided on; those that failed are dead letters.
     *
     * @param first ordinal of the first one
     * @param published when the event was, or null where that says nothing of these starts
     */
    List<PendingStart> addStarts(
            String number, int first, Event event, List<Decision> decisions, Instant now, Instant published) {
        List<PendingStart> starts = new ArrayList<>();
        int ordinal = first;
        for (Decision decision : decisions) {
            if (decision.verdict() == Verdict.MATCH) {
                for (Start start : decision.starts()) {
                    PendingStart pendingStart =
                            start(Ids.start(number, ordinal++), event, decision.sensor(), now, published, start, null);
                    maps.starts.put(pendingStart.id(), maps.write(event.source(), pendingStart));
                    starts.add(pendingStart);
                }
            } else if (decision.verdict() == Verdict.ERROR) {
                String reason = failedParts(decision) + " cannot be evaluated";
                PendingStart none = start(Ids.start(number, ordinal++), event, decision.sensor(), now, null, null, reason);
                bury(none, DeadLetter.Kind.DECISION, now);
            }
        }
        return starts;
    }

    private static PendingStart start(
            String id, Event event, String sensor, Instant now, Instant published, Start start, String reason) {
        return new PendingStart(id, event.source(), event.name(), event.id(), sensor, now, 0, null, reason, published, start);
    }

    private static List<String> failedParts(Decision decision) {
        return decision.reasons().stream()
                .filter(reason -> reason.outcome() == Decision.Outcome.ERROR)
                .map(Decision.Reason::part)
                .toList();
    }

    void bury(PendingStart start, DeadLetter.Kind kind, Instant now) {
        DeadLetter letter = new DeadLetter(
                start.id(), kind, now, start.source(), start.event(), start.eventId(), start.sensor(),
                start.start() == null ? null : start.start().job(), start.reason(), start.attempts());
        maps.deadLetters.put(letter.id(), maps.write("", letter));
    }

    void bury(UnreadableMessage message, Instant now) {
        PendingStart none = new PendingStart(
                Ids.start(nextNumber(), 0), message.source(), message.event(), message.id(), null, message.time(), 0, null,
                message.reason(), null, null);
        bury(none, DeadLetter.Kind.MESSAGE, now);
        maps.bodies.put(none.id(), maps.write(message.source(), Base64.getEncoder().encodeToString(message.body())));
    }

    /** @param most so many dead letters are kept, the newest */
    void dropOldest(int most) {
        while (maps.deadLetters.size() > most) {
            String oldest = maps.deadLetters.from("").iterator().next().getKey();
            maps.deadLetters.remove(oldest);
            maps.bodies.remove(oldest);
        }
    }
}
