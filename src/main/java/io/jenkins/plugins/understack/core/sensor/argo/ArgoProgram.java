package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An imported sensor, ready to run. */
public final class ArgoProgram implements SensorProgram {
    private final Sensor sensor;
    private final Transform transform;
    private final ArgoFilters filters;
    private final List<ArgoParameter> parameters;

    public ArgoProgram(Sensor sensor) {
        this.sensor = sensor;
        transform = Transform.compile(sensor.transform());
        filters = sensor.argo().filters();
        parameters = sensor.argo().parameters();
    }

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public Decision decide(Event event) {
        List<Reason> reasons = new ArrayList<>();
        JsonNode data = transform.isPresent()
                ? GoJson.afterTransform(transform.apply(GoJson.beforeTransform(event.data()), reasons))
                : event.data();
        if (data == null) {
            return new Decision(sensor.name(), Verdict.ERROR, reasons, null);
        }
        // An event without payload passes every filter.
        Outcome outcome = filters == null || data.isMissingNode() ? Outcome.PASS : filters.evaluate(event, data, reasons);
        if (outcome != Outcome.PASS) {
            return new Decision(
                    sensor.name(), outcome == Outcome.REJECT ? Verdict.NO_MATCH : Verdict.ERROR, reasons, null);
        }
        Map<String, String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (ArgoParameter parameter : parameters) {
            String value = parameter.resolve(event, data);
            values.put(parameter.name(), value);
            complete &= value != null;
            reasons.add(new Reason(
                    "argo.parameters[" + parameter.name() + "]",
                    value == null ? Outcome.ERROR : Outcome.PASS,
                    value == null
                            ? "unable to resolve " + parameter.source() + "; expected a value there, or one in src.value"
                            : "from " + parameter.source()));
        }
        return complete
                ? new Decision(sensor.name(), Verdict.MATCH, reasons, new Decision.Start(sensor.job(), values))
                : new Decision(sensor.name(), Verdict.ERROR, reasons, null);
    }
}
