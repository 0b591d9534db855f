package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shows an event to the sensors that depend on it and starts what they decide. Thread-safe. */
public final class Dispatcher implements EventSink {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());

    private final SensorIndex sensors;
    private final BuildStarter starter;
    private final DecisionListener listener;

    public Dispatcher(SensorIndex sensors, BuildStarter starter, DecisionListener listener) {
        this.sensors = sensors;
        this.starter = starter;
        this.listener = listener;
    }

    @Override
    public void accept(Event event) throws EventNotAcceptedException {
        List<Decision> decisions = new ArrayList<>();
        for (Decision decision : decide(event)) {
            decisions.add(decision.verdict() == Verdict.MATCH ? start(event, decision) : decision);
        }
        decisions.stream().filter(d -> d.verdict() == Verdict.ERROR).forEach(d -> warn(event, d));
        listener.decided(event, decisions);
    }

    /** What the sensors would do with an event; nothing is started. */
    public List<Decision> decide(Event event) {
        List<Decision> decisions = new ArrayList<>();
        for (SensorProgram program : sensors.find(new Dependency(event.source(), event.name()))) {
            decisions.add(program.decide(event));
        }
        return decisions;
    }

    private Decision start(Event event, Decision decision) throws EventNotAcceptedException {
        try {
            return decision.with(starter.start(event, decision));
        } catch (StartRefusedException e) {
            return decision.with(new Reason(e.part(), Outcome.ERROR, e.getMessage()));
        } catch (RuntimeException e) {
            // A mistake in one start must not keep the other sensors from theirs.
            LOGGER.log(Level.WARNING, e, () -> "sensor \"" + decision.sensor() + "\": the start failed for " + event);
            return decision.with(new Reason("start", Outcome.ERROR, "failed: " + e.getClass().getSimpleName() + "; the log has the details"));
        }
    }

    private static void warn(Event event, Decision decision) {
        for (Reason reason : decision.reasons()) {
            if (reason.outcome() == Outcome.ERROR) {
                // jq quotes its input in errors, and the log is no place for event data.
                String detail = reason.part().equals("transform") ? "failed; the decision says why" : reason.detail();
                LOGGER.warning(() -> "sensor \"" + decision.sensor() + "\": " + reason.part() + ": " + detail
                        + "; nothing was started for " + event);
            }
        }
    }
}
