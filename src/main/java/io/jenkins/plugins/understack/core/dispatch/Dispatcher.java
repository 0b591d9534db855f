package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator.Awaited;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows an event to the sensors that depend on it, and puts into the inbox what they decide, with what waits for other events. Thread-safe. */
public final class Dispatcher implements EventSink {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());

    private final SensorIndex sensors;
    private final Correlator correlator;
    private final Inbox inbox;
    private final Admission admission;
    private final DecisionListener listener;
    private final Secrecy secrecy;
    /** One for each sensor that needs several events, by its name; some share one. */
    private final List<Lock> locks = Stream.generate(ReentrantLock::new).limit(64).collect(Collectors.toList());

    /** For sources without secret fields. */
    public Dispatcher(SensorIndex sensors, Correlator correlator, Inbox inbox, Admission admission, DecisionListener listener) {
        this(sensors, correlator, inbox, admission, listener, source -> SecretFields.NONE);
    }

    /**
     * @param listener sees neither what is secret nor what quotes it
     * @param secrets by the name of the source; asked each time
     */
    public Dispatcher(
            SensorIndex sensors,
            Correlator correlator,
            Inbox inbox,
            Admission admission,
            DecisionListener listener,
            Function<String, SecretFields> secrets) {
        this.sensors = sensors;
        this.correlator = correlator;
        this.inbox = inbox;
        this.admission = admission;
        this.listener = listener;
        this.secrecy = new Secrecy(secrets);
    }

    /** Whether a source may have more starts than it has. */
    @FunctionalInterface
    public interface Admission {
        /** @throws TooManyEventsException where it has to wait; the message says for what */
        void check(Event event) throws TooManyEventsException;
    }

    @Override
    public CompletableFuture<Void> accept(Event event) {
        try {
            return dispatch(event);
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(
                    new EventNotAcceptedException("the inbox cannot be read: " + e.getCause().getMessage(), e));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Void> bury(UnreadableMessage message) {
        return inbox.bury(inbox.encrypts() || !secrecy.hasSecrets(message.source()) ? message : message.withoutBody());
    }

    private CompletableFuture<Void> dispatch(Event event) throws TooManyEventsException {
        Collection<SensorProgram> programs = sensors.find(Origin.of(event));
        List<Lock> held = lock(programs);
        try {
            Decided decided = decide(secrecy, event, programs);
            List<Decision> decisions = decided.kept;
            if (decisions.stream().noneMatch(Dispatcher::isKept)) {
                listener.decided(secrecy.mask(event), decided.shown);
                return CompletableFuture.completedFuture(null);
            }
            admission.check(event);
            Event kept = inbox.encrypts() ? event : secrecy.mask(event);
            // Nothing that may fail comes between this and the inbox, which takes back what is known from here on.
            CompletableFuture<Void> before = inbox.known(event);
            if (before != null) {
                listener.repeated(secrecy.mask(event));
                return before;
            }
            return inbox.put(kept, secrecy.of(event.source()), decisions, () -> decisions.forEach(decision -> correlate(event, decision)))
                    .thenRun(() -> decided(secrecy.mask(event), decided.shown));
        } finally {
            held.forEach(Lock::unlock);
        }
    }

    /**
     * Shows an event once more to its sensors, as they are now.
     *
     * @param sensor which of them, by name
     * @return what they decided, when it is safe
     */
    public CompletableFuture<List<Decision>> replay(StoredEvent stored, Predicate<String> sensor) {
        Event event = stored.event();
        // Its source may have fewer secret fields than it had, or be gone.
        Secrecy secrecyThen = secrecy.and(event.source(), stored.secrets());
        List<SensorProgram> programs = sensors.find(Origin.of(event)).stream()
                .filter(program -> sensor.test(program.sensor().name()))
                .toList();
        List<Lock> held = lock(programs);
        try {
            Decided decided = decide(secrecyThen, event, programs);
            List<Decision> decisions = decided.kept;
            return inbox.replay(stored, decisions, () -> decisions.forEach(decision -> correlate(event, decision)))
                    .thenApply(done -> {
                        decided(secrecyThen.mask(event), decided.shown);
                        return decided.shown;
                    });
        } finally {
            held.forEach(Lock::unlock);
        }
    }

    /** Two events of one pair may come at the same moment; each must see the other, and only one of them starts the job. */
    private List<Lock> lock(Collection<SensorProgram> programs) {
        List<Lock> held = programs.stream()
                .filter(program -> program.sensor().dependencies().size() > 1)
                .map(program -> Math.floorMod(program.sensor().name().hashCode(), locks.size()))
                .distinct()
                // In one order, or two threads would wait for each other.
                .sorted()
                .map(locks::get)
                .toList();
        held.forEach(Lock::lock);
        return held;
    }

    private static boolean isKept(Decision decision) {
        return decision.verdict() != Verdict.NO_MATCH || decision.join() != null;
    }

    /**
     * @param kept with the values that builds need
     * @param shown without anything that is secret
     */
    private record Decided(List<Decision> kept, List<Decision> shown) {}

    private Decided decide(Secrecy secrecy, Event event, Collection<SensorProgram> programs) {
        Evaluation evaluation = new Evaluation(event, correlator);
        Evaluation without = secrecy.without(event, correlator);
        List<Decision> kept = new ArrayList<>();
        List<Decision> shown = new ArrayList<>();
        for (SensorProgram program : programs) {
            Decision decision = decide(program, evaluation);
            if (secrecy.concerns(program.sensor())) {
                Decision other = decide(program, without);
                decision = Secrecy.hideReasons(decision, other);
                shown.add(Secrecy.hideValues(decision, other));
            } else {
                shown.add(decision);
            }
            kept.add(decision);
        }
        return new Decided(kept, shown);
    }

    private void correlate(Event event, Decision decision) {
        if (decision.verdict() == Verdict.WAITING) {
            correlator.keep(decision.sensor(), decision.join(), event);
        } else if (decision.join() != null) {
            // Also where the sensor failed for the pair: it would fail again.
            correlator.release(decision.sensor(), decision.join());
        }
    }

    /** @param event without what is secret */
    private void decided(Event event, List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision.verdict() == Verdict.ERROR) {
                decision.reasons().stream()
                        .filter(reason -> reason.outcome() == Outcome.ERROR)
                        // What was read and what jq says of it quote the event, and the log is no place for its data.
                        .forEach(reason -> LOGGER.warning(() -> "sensor \"" + decision.sensor() + "\": " + reason.part()
                                + ": cannot be evaluated; the decision says why; nothing was started for " + event));
            }
        }
        listener.decided(event, decisions);
    }

    /** A mistake in one sensor must not keep the others from working. */
    private static Decision decide(SensorProgram program, Evaluation evaluation) {
        try {
            return program.decide(evaluation);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            String name = program.sensor().name();
            LOGGER.log(Level.WARNING, e, () -> "sensor \"" + name + "\" failed for " + evaluation.event());
            Reason reason = new Reason("sensor", Outcome.ERROR, "failed: " + e.getClass().getSimpleName() + "; the log has the details");
            return new Decision(name, Verdict.ERROR, List.of(reason));
        }
    }

    /** What the sensors would do with an event; nothing is started or kept. */
    public List<Decision> decide(Event event) {
        return decide(secrecy, event, sensors.find(Origin.of(event))).shown;
    }

    /** Tells the listener of every event that has waited for others too long. To be called every few seconds. */
    public void expire(Instant now) {
        Map<String, Awaited> awaited = sensors.all().stream()
                .map(SensorProgram::sensor)
                .filter(sensor -> sensor.dependencies().size() > 1)
                .collect(Collectors.toMap(Sensor::name, sensor -> sensor.awaited(now), (one, other) -> one));
        for (Correlator.Expired expired : correlator.expire(awaited::get)) {
            Reason reason = new Reason(
                    "dependencies[" + expired.dependency() + "]",
                    Outcome.REJECT,
                    "waited since " + expired.event().time() + " and found no others"
                            + (expired.key().isEmpty() ? "" : " of its key"));
            listener.expired(secrecy.mask(expired.event()), new Decision(expired.sensor(), Verdict.NO_MATCH, List.of(reason)));
        }
    }
}
