package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.PublishTime;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where events and starts are put and taken from. Thread-safe. What a method changes is one write: after a crash all of it is there or
 * none. Futures complete on the thread of the store; what depends on them must not wait for anything.
 */
public final class Inbox {
    private final StateStore store;
    private final Clock clock;
    private final Supplier<InboxSettings> settings;
    private final InboxMaps maps;
    private final Identities identities;
    private final InboxWriter writer;
    /** Outcomes that could not be written; see {@link #maintain}. */
    private final Map<String, Outcome> unwritten = new ConcurrentHashMap<>();

    private volatile Consumer<List<PendingStart>> starter = starts -> {};

    /**
     * @param settings asked each time
     * @param secretSources whether a source has secret fields, by its name
     */
    public Inbox(
            StateStore store, Supplier<InboxSettings> settings, Predicate<String> secretSources, PayloadCipher cipher, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.maps = new InboxMaps(store, secretSources, cipher);
        this.identities = new Identities(maps);
        this.writer = new InboxWriter(maps);
    }

    /** Whether what is kept of a source with secret fields is encrypted; else it is not for this inbox. */
    public boolean encrypts() {
        return maps.encrypts();
    }

    /** Who is told of starts that are safe; called on the thread of the store. */
    public void onStarts(Consumer<List<PendingStart>> listener) {
        starter = listener;
    }

    /** For pages, commands and tests. */
    public InboxReader reader() {
        return new InboxReader(maps, store);
    }

    /**
     * Whether the event was accepted before, or is being accepted by another thread: then null is returned for a new one, which is
     * reserved until {@link #put}; else what completes when the first one is safe.
     */
    public CompletableFuture<Void> known(Event event) {
        return identities.reserve(event);
    }

    /**
     * Keeps an event with what its sensors decided. Starts are pending from then on; sensors that failed are dead letters.
     *
     * @param secrets those of its source at this moment
     * @param changes of what belongs to the decisions, such as what waits for other events
     * @return completes when all is on disk, or with {@link EventNotAcceptedException}
     */
    public CompletableFuture<Void> put(Event event, SecretFields secrets, List<Decision> decisions, Runnable changes) {
        long wanted = decisions.stream().filter(d -> d.verdict() == Verdict.MATCH).mapToLong(d -> d.starts().size()).sum();
        try {
            checkRoom(wanted);
        } catch (TooManyEventsException | RuntimeException | Error e) {
            EventNotAcceptedException refused = e instanceof TooManyEventsException full ? full : notWritten(e);
            identities.release(event, refused);
            return CompletableFuture.failedFuture(refused);
        }
        Instant now = clock.instant();
        List<PendingStart> starts = new ArrayList<>();
        return store.write(() -> {
                    changes.run();
                    String number = writer.addEvent(event, secrets, decisions, now);
                    identities.add(number, event, now);
                    starts.addAll(writer.addStarts(number, 0, event, decisions, now, PublishTime.of(event)));
                    writer.dropOldest(settings.get().deadLetters());
                })
                .handle((done, failure) -> {
                    if (failure == null) {
                        identities.release(event, null);
                        starter.accept(starts);
                        return null;
                    }
                    EventNotAcceptedException refused = notWritten(failure);
                    identities.release(event, refused);
                    throw new CompletionException(refused);
                });
    }

    private void checkRoom(long wanted) throws TooManyEventsException {
        int pending = maps.starts.size();
        int most = settings.get().pending();
        if (wanted > 0 && pending >= most) {
            throw new TooManyEventsException(pending + " starts wait in the inbox; expected fewer than " + most);
        }
    }

    private static EventNotAcceptedException notWritten(Throwable failure) {
        String why = failure.getCause() == null ? failure.getClass().getSimpleName() : failure.getCause().getMessage();
        return new EventNotAcceptedException("the inbox cannot be written: " + why, failure);
    }

    /** Keeps a message that cannot become an event. */
    public CompletableFuture<Void> bury(UnreadableMessage message) {
        return store.write(() -> {
                    writer.bury(message, clock.instant());
                    writer.dropOldest(settings.get().deadLetters());
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(notWritten(failure)));
    }

    /** The run of a start exists, or a start needs none any more. Written soon; after a crash before that, it is found again. */
    public void settle(Outcome outcome) {
        unwritten.put(outcome.id(), outcome);
        write(outcome);
    }

    private void write(Outcome outcome) {
        store.writeSoon(() -> {
                    maps.starts.remove(outcome.id());
                    maps.outcomes.put(outcome.id(), maps.write("", outcome));
                })
                .thenRun(() -> unwritten.remove(outcome.id(), outcome));
    }

    /** A start was refused and is tried again; the attempts are kept through restarts. */
    public void retried(PendingStart start, int attempts, Instant notBefore, String why) {
        store.writeSoon(() -> {
            if (maps.starts.containsKey(start.id())) {
                maps.starts.put(start.id(), maps.write(start.source(), start.tried(attempts, notBefore, why)));
            }
        });
    }

    /** A start was refused for good. */
    public CompletableFuture<Void> refused(PendingStart start, int attempts, String why) {
        return store.write(() -> {
            maps.starts.remove(start.id());
            writer.bury(start.tried(attempts, null, why), DeadLetter.Kind.START, clock.instant());
            writer.dropOldest(settings.get().deadLetters());
        });
    }

    /**
     * A person wants an event to be handled once more.
     *
     * @param decisions of the sensors that are to start it again; dead letters of these sensors for this event go, except of those that
     *     want the event no more
     * @param changes as in {@link #put}
     */
    public CompletableFuture<Void> replay(StoredEvent stored, List<Decision> decisions, Runnable changes) {
        List<PendingStart> starts = new ArrayList<>();
        return store.write(() -> {
                    changes.run();
                    InboxReader reader = reader();
                    int next = reader.nextOrdinal(stored.number());
                    for (DeadLetter letter : reader.deadLettersOf(stored.number())) {
                        if (decisions.stream().anyMatch(d -> d.verdict() != Verdict.NO_MATCH && d.sensor().equals(letter.sensor()))) {
                            maps.deadLetters.remove(letter.id());
                        }
                    }
                    starts.addAll(writer.addStarts(stored.number(), next, stored.event(), decisions, clock.instant(), null));
                    writer.dropOldest(settings.get().deadLetters());
                })
                .thenRun(() -> starter.accept(starts));
    }

    /** A person says that a dead letter needs nothing more. */
    public CompletableFuture<Void> discard(DeadLetter letter, String why) {
        return store.write(() -> {
            maps.deadLetters.remove(letter.id());
            maps.bodies.remove(letter.id());
            Outcome outcome = new Outcome(
                    letter.id(), letter.sensor(), letter.job(), Outcome.Kind.DISCARDED, why, clock.instant());
            maps.outcomes.put(letter.id(), maps.write("", outcome));
        });
    }

    /** To be called every minute or so: forgets what is old, and writes what could not be written. */
    public void maintain() {
        unwritten.values().forEach(this::write);
        new Housekeeping(maps, identities).run(store, settings.get(), clock.instant());
    }

    /** Why nothing can be accepted at present, or null. */
    public String problem() {
        return store.problem();
    }
}
