package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.metrics.SensorMeters;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import java.time.Clock;
import java.util.List;

/** Counts what is decided before somebody else is told. */
public final class CountedDecisions implements DecisionListener {
    private final Metrics metrics;
    private final Clock clock;
    private final DecisionListener listener;

    public CountedDecisions(Metrics metrics, Clock clock, DecisionListener listener) {
        this.metrics = metrics;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void decided(Event event, List<Decision> decisions) {
        for (Decision decision : decisions) {
            SensorMeters sensor = metrics.sensor(decision.sensor());
            sensor.decided(decision.verdict());
            if (decision.verdict() == Verdict.MATCH) {
                sensor.matched(clock.instant());
            } else if (decision.verdict() == Verdict.ERROR) {
                sensor.failed(clock.instant());
            }
        }
        listener.decided(event, decisions);
    }

    @Override
    public void repeated(Event event) {
        metrics.duplicate(event.source(), event.name());
        listener.repeated(event);
    }

    /** Not counted: that it waits was. */
    @Override
    public void expired(Event event, Decision decision) {
        listener.expired(event, decision);
    }
}
