package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.sensor.Admitted;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an imported sensor. A dependency that has no event gives {@code value}, or leaves the parameter out. */
final class ArgoParameters implements Parameters {
    private final List<ArgoParameter> parameters;

    ArgoParameters(List<ArgoParameter> parameters) {
        this.parameters = parameters;
    }

    @Override
    public Map<String, String> resolve(Evaluation evaluation, Map<String, Admitted> events, JsonNode data, List<Reason> reasons) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean complete = true;
        for (ArgoParameter parameter : parameters) {
            String part = "argo.parameters[" + parameter.name() + "]";
            // The only dependency of a sensor has no name here.
            Admitted source = events.getOrDefault("", events.get(parameter.dependency()));
            String value = source == null ? parameter.value() : parameter.resolve(source.event(), source.data());
            if (value != null) {
                values.put(parameter.name(), value);
                reasons.add(new Reason(
                        part, Outcome.PASS, source == null ? "its dependency has no event; value is used" : "from " + parameter.source()));
            } else if (source == null) {
                reasons.add(new Reason(part, Outcome.PASS, "its dependency has no event; left out"));
            } else {
                complete = false;
                reasons.add(new Reason(
                        part,
                        Outcome.ERROR,
                        "unable to resolve " + parameter.source() + "; expected a value there, or one in src.value"));
            }
        }
        return complete ? values : null;
    }
}
