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

/** A sensor in our own language. */
final class StrictProgram implements SensorProgram {
    private final Sensor sensor;
    private final Transform transform;
    private final List<FilterProgram> filters = new ArrayList<>();
    private final Map<Parameter, DataPath> paths = new LinkedHashMap<>();

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    StrictProgram(Sensor sensor) {
        this.sensor = sensor;
        transform = Transform.compile(sensor.transform());
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

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public Decision decide(Event event) {
        List<Reason> reasons = new ArrayList<>();
        JsonNode data = transform.apply(event.data(), reasons);
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
