package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A sensor with its programs, expressions and paths compiled once. Thread-safe; decides without side effects. */
public final class SensorProgram {
    private final Sensor sensor;
    private final JqProgram transform;
    private final List<FilterProgram> filters = new ArrayList<>();
    private final Map<Parameter, DataPath> paths = new LinkedHashMap<>();

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    public SensorProgram(Sensor sensor) {
        this.sensor = sensor;
        transform = sensor.transform() == null ? null : JqProgram.compile("transform", sensor.transform());
        for (int i = 0; i < sensor.filters().size(); i++) {
            try {
                filters.add(new FilterProgram(sensor.filters().get(i)));
            } catch (InvalidFieldException e) {
                throw e.within("filters[" + i + "]");
            }
        }
        for (Parameter parameter : sensor.parameters()) {
            if (parameter.path() != null) {
                paths.put(parameter, DataPath.parse("parameters[" + parameter.name() + "].path", parameter.path()));
            }
        }
    }

    public Sensor sensor() {
        return sensor;
    }

    /** Never throws: what cannot be evaluated is a decision with verdict ERROR. */
    public Decision decide(Event event) {
        List<Reason> reasons = new ArrayList<>();
        JsonNode data = transform(event.data(), reasons);
        if (data == null) {
            return new Decision(sensor.name(), Verdict.ERROR, reasons, null);
        }
        boolean pass = true;
        for (int i = 0; i < filters.size(); i++) {
            Reason reason = filters.get(i).evaluate("filters[" + i + "]", data);
            reasons.add(reason);
            pass &= reason.outcome() == Outcome.PASS;
        }
        if (!pass) {
            return new Decision(sensor.name(), Verdict.NO_MATCH, reasons, null);
        }
        Map<String, String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Parameter parameter : sensor.parameters()) {
            complete &= parameter(parameter, data, values, reasons);
        }
        Decision.Start start = complete ? new Decision.Start(sensor.job(), values) : null;
        return new Decision(sensor.name(), complete ? Verdict.MATCH : Verdict.ERROR, reasons, start);
    }

    /** Null, with a reason, where the program fails. */
    private JsonNode transform(JsonNode data, List<Reason> reasons) {
        if (transform == null) {
            return data;
        }
        try {
            JsonNode transformed = transform.first(data);
            if (transformed.isObject()) {
                reasons.add(new Reason("transform", Outcome.PASS, "put out an object"));
                return transformed;
            }
            reasons.add(new Reason(
                    "transform",
                    Outcome.ERROR,
                    "put out " + Quote.of(transformed.getNodeType().name().toLowerCase()) + "; expected an object"));
        } catch (JsonQueryException | RuntimeException e) {
            reasons.add(new Reason("transform", Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage())));
        } catch (StackOverflowError e) {
            reasons.add(new Reason("transform", Outcome.ERROR, "failed: it recurses too deeply"));
        }
        return null;
    }

    private boolean parameter(Parameter parameter, JsonNode data, Map<String, String> values, List<Reason> reasons) {
        String part = "parameters[" + parameter.name() + "]";
        DataPath path = paths.get(parameter);
        if (path == null) {
            values.put(parameter.name(), parameter.value());
            reasons.add(new Reason(part, Outcome.PASS, "constant"));
            return true;
        }
        JsonNode value = path.read(data);
        boolean absent = value.isMissingNode() || value.isNull();
        String found = path + (value.isMissingNode() ? " is missing" : value.isNull() ? " is null" : " is there");
        if (absent && parameter.value() == null) {
            reasons.add(new Reason(part, Outcome.ERROR, found + "; expected a value, or set a default in value"));
            return false;
        }
        values.put(parameter.name(), absent ? parameter.value() : Json.text(value));
        reasons.add(new Reason(part, Outcome.PASS, absent ? found + "; the default is used" : found));
        return true;
    }
}
