package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Parameters in our own language. */
final class StrictParameters implements Parameters {
    private final List<Compiled> parameters = new ArrayList<>();

    private record Compiled(Parameter parameter, String part, DataPath path, JqProgram jq) {}

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    StrictParameters(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            String part = "parameters[" + parameter.name() + "]";
            this.parameters.add(new Compiled(
                    parameter,
                    part,
                    parameter.path() == null ? null : DataPath.parse(part + ".path", parameter.path()),
                    parameter.jq() == null ? null : JqProgram.compile(part + ".jq", parameter.jq())));
        }
    }

    @Override
    public Map<String, String> resolve(Evaluation evaluation, Map<String, Admitted> events, JsonNode data, List<Reason> reasons) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Compiled parameter : parameters) {
            Reason reason = resolve(evaluation, parameter, data, values);
            reasons.add(reason);
            complete &= reason.outcome() == Outcome.PASS;
        }
        return complete ? values : null;
    }

    private static Reason resolve(Evaluation evaluation, Compiled compiled, JsonNode data, Map<String, String> values) {
        Parameter parameter = compiled.parameter;
        if (parameter.value() != null) {
            values.put(parameter.name(), parameter.value());
            return new Reason(compiled.part, Outcome.PASS, "constant");
        }
        String from = compiled.path == null ? "jq" : compiled.path.toString();
        JsonNode value;
        try {
            value = read(compiled, data);
        } catch (JsonQueryException | RuntimeException e) {
            return new Reason(compiled.part, Outcome.ERROR, "jq failed: " + JqProgram.firstLine(e.getMessage()));
        }
        if (!value.isMissingNode() && !value.isNull()) {
            values.put(parameter.name(), evaluation.text(value));
            return new Reason(compiled.part, Outcome.PASS, from + " is there");
        }
        boolean missing = value.isMissingNode();
        String found = from + (missing ? " is missing" : " is null");
        String stand = missing ? parameter.otherwise() : parameter.nullAs();
        if (stand != null) {
            values.put(parameter.name(), stand);
            return new Reason(compiled.part, Outcome.PASS, found + "; the " + (missing ? "default" : "nullAs") + " is used");
        }
        if (!parameter.required()) {
            return new Reason(compiled.part, Outcome.PASS, found + "; left out, so that the job's own default counts");
        }
        return new Reason(
                compiled.part, Outcome.ERROR, found + "; expected a value, or set " + (missing ? "default" : "nullAs") + " or required: false");
    }

    /** A program that puts out nothing leads nowhere, as a path can. */
    private static JsonNode read(Compiled compiled, JsonNode data) throws JsonQueryException {
        if (compiled.path != null) {
            return compiled.path.read(data);
        }
        List<JsonNode> all = compiled.jq.all(data, 1);
        return all.isEmpty() ? MissingNode.getInstance() : all.get(0);
    }
}
