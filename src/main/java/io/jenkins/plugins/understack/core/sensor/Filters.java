package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.List;

/** The conditions of a dependency, ready to run. Thread-safe. */
public interface Filters {
    /** @param reasons gets one for each condition that was looked at */
    Outcome evaluate(Event event, JsonNode data, List<Reason> reasons);
}
