package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.List;
import java.util.Map;

/** The parameters of a start, ready to run. Thread-safe. */
public interface Parameters {
    /**
     * @param evaluation of the event that completes the conditions
     * @param events by the name of their dependency; under the empty name where there is one only
     * @param data what the sensor sees: the data of the event, or an object of the data of all
     * @param reasons gets one for each parameter
     * @return null where one cannot be resolved
     */
    Map<String, String> resolve(Evaluation evaluation, Map<String, Admitted> events, JsonNode data, List<Reason> reasons);
}
