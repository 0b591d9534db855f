package io.jenkins.plugins.understack.workbench.replay;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.workbench.replay.Recording.SensorStart;
import java.util.List;

/**
 * A start that the changed sensors make otherwise.
 *
 * @param event the event, without its data
 * @param before what was started; null where it is new
 * @param after what would be started; null where it is gone
 * @param reasons why it is gone: what the changed sensor says against it; empty where there is no such sensor any more
 */
public record Difference(Event event, SensorStart before, SensorStart after, List<Reason> reasons) {
    /** Kinds of differences. */
    public enum Change {
        NEW,
        GONE,
        CHANGED
    }

    public String sensor() {
        return (after == null ? before : after).sensor();
    }

    public Change change() {
        return before == null ? Change.NEW : after == null ? Change.GONE : Change.CHANGED;
    }
}
