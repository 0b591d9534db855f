package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;

/** Is told of every event that was dispatched, with one decision for each sensor of it, in no certain order. */
@FunctionalInterface
public interface DecisionListener {
    /** Called when what is kept of the event is safe, by any thread, before the event is acknowledged; does not throw and does not wait. */
    void decided(Event event, List<Decision> decisions);

    /** An event that was accepted before came again; nothing is done with it. Called on the source's thread. */
    default void repeated(Event event) {}

    /** An event that was decided about before has waited for others too long. Called on any thread. */
    default void expired(Event event, Decision decision) {
        decided(event, List.of(decision));
    }
}
