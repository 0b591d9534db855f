package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator.Awaited;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows an event to the sensors that depend on it, starts what they decide, and keeps what waits for other events. Thread-safe. */
public final class Dispatcher implements EventSink {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());

    private final SensorIndex sensors;
    private final Correlator correlator;
    private final BuildStarter starter;
    private final DecisionListener listener;
    /** One for each sensor that needs several events, by its name; some share one. */
    private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();

    public Dispatcher(SensorIndex sensors, Correlator correlator, BuildStarter starter, DecisionListener listener) {
        this.sensors = sensors;
        this.correlator = correlator;
        this.starter = starter;
        this.listener = listener;
    }

    @Override
    public CompletableFuture<Void> accept(Event event) {
        try {
            dispatch(event);
            return CompletableFuture.completedFuture(null);
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(
                    new EventNotAcceptedException("the state of sensors cannot be kept: " + e.getCause().getMessage(), e));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Nothing is kept yet: the source has told of it, and the dead-letter exchange of the queue has it, if there is one. */
    @Override
    public CompletableFuture<Void> bury(UnreadableMessage message) {
        return CompletableFuture.completedFuture(null);
    }

    private void dispatch(Event event) throws EventNotAcceptedException {
        List<Decision> decisions = new ArrayList<>();
        Evaluation evaluation = new Evaluation(event, correlator);
        for (SensorProgram program : sensors.find(Origin.of(event))) {
            decisions.add(
                    program.sensor().dependencies().size() == 1
                            ? act(event, decide(program, evaluation))
                            : together(event, program, evaluation));
        }
        listener.decided(event, decisions);
    }

    /** Two events of one pair may come at the same moment; each must see the other, and only one of them starts the job. */
    private Decision together(Event event, SensorProgram program, Evaluation evaluation) throws EventNotAcceptedException {
        String name = program.sensor().name();
        synchronized (locks[Math.floorMod(name.hashCode(), locks.length)]) {
            if (correlator.isUsed(name, event)) {
                return new Decision(
                        name,
                        Verdict.NO_MATCH,
                        List.of(new Reason("conditions", Outcome.REJECT, "this event has led to a start before; it was delivered again")));
            }
            Decision decision = act(event, decide(program, evaluation));
            if (decision.verdict() == Verdict.WAITING) {
                correlator.keep(name, decision.join(), event);
            } else if (decision.join() != null) {
                // Also where the start was refused: it would be refused again.
                correlator.release(name, decision.join(), event);
            }
            return decision;
        }
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
        Evaluation evaluation = new Evaluation(event, correlator);
        return sensors.find(Origin.of(event)).stream().map(program -> decide(program, evaluation)).toList();
    }

    /** Tells the listener of every event that has waited for others too long. To be called every few seconds. */
    public void expire(Instant now) {
        Map<String, Awaited> awaited = sensors.all().stream()
                .map(SensorProgram::sensor)
                .filter(sensor -> sensor.dependencies().size() > 1)
                .collect(Collectors.toMap(Sensor::name, sensor -> sensor.awaited(now), (one, other) -> one));
        for (Correlator.Expired expired : correlator.expire(now, awaited::get)) {
            Reason reason = new Reason(
                    "dependencies[" + expired.dependency() + "]",
                    Outcome.REJECT,
                    "waited since " + expired.event().time() + " and found no others"
                            + (expired.key().isEmpty() ? "" : " of its key"));
            listener.expired(expired.event(), new Decision(expired.sensor(), Verdict.NO_MATCH, List.of(reason)));
        }
    }

    private Decision act(Event event, Decision decision) throws EventNotAcceptedException {
        if (decision.verdict() == Verdict.ERROR) {
            decision.reasons().stream()
                    .filter(reason -> reason.outcome() == Outcome.ERROR)
                    // What was read and what jq says of it quote the event, and the log is no place for its data.
                    .forEach(reason -> warn(event, decision, reason.part(), "cannot be evaluated; the decision says why"));
        }
        return decision.verdict() == Verdict.MATCH ? start(event, decision) : decision;
    }

    private Decision start(Event event, Decision decision) throws EventNotAcceptedException {
        List<Reason> reasons = new ArrayList<>();
        for (Start start : decision.starts()) {
            reasons.add(start(event, decision, start));
        }
        boolean error = reasons.stream().anyMatch(reason -> reason.outcome() == Outcome.ERROR);
        boolean any = reasons.stream().anyMatch(reason -> reason.outcome() == Outcome.PASS);
        return decision.with(error ? Verdict.ERROR : any ? Verdict.MATCH : Verdict.NO_MATCH, reasons);
    }

    private Reason start(Event event, Decision decision, Start start) throws EventNotAcceptedException {
        Function<Reason, Reason> place = reason -> decision.starts().size() == 1 ? reason : reason.within("item[" + start.item() + "]");
        try {
            return place.apply(starter.start(event, decision.sensor(), start));
        } catch (StartRefusedException e) {
            warn(event, decision, place.apply(new Reason(e.part(), Outcome.ERROR, "")).part(), e.getMessage());
            return place.apply(new Reason(e.part(), Outcome.ERROR, e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            // A mistake in one start must not keep the other sensors from theirs.
            LOGGER.log(Level.WARNING, e, () -> "sensor \"" + decision.sensor() + "\": the start failed for " + event);
            return place.apply(
                    new Reason("start", Outcome.ERROR, "failed: " + e.getClass().getSimpleName() + "; the log has the details"));
        }
    }

    private static void warn(Event event, Decision decision, String part, String detail) {
        String what = decision.starts().size() > 1 ? "; this item was not started for " : "; nothing was started for ";
        LOGGER.warning(() -> "sensor \"" + decision.sensor() + "\": " + part + ": " + detail + what + event);
    }
}
