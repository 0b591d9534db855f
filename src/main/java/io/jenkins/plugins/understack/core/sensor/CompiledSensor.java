package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.DependencyProgram.Admission;
import io.jenkins.plugins.understack.core.sensor.correlation.Conditions;
import io.jenkins.plugins.understack.core.sensor.correlation.Join;
import io.jenkins.plugins.understack.core.text.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dependencies, then conditions over them, then starts. */
final class CompiledSensor implements SensorProgram {
    private final Sensor sensor;
    private final Map<String, DependencyProgram> dependencies = new LinkedHashMap<>();
    private final Conditions conditions;
    private final StartProgram starts;

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    CompiledSensor(Sensor sensor) {
        this.sensor = sensor;
        List<Dependency> all = sensor.dependencies();
        for (int i = 0; i < all.size(); i++) {
            Dependency dependency = all.get(i);
            try {
                dependencies.put(
                        dependency.name() == null ? "" : dependency.name(),
                        new DependencyProgram(dependency, sensor.argo() != null || dependency.argo() != null));
            } catch (InvalidFieldException e) {
                throw all.size() == 1 ? e : e.within("dependencies[" + i + "]");
            }
        }
        conditions = all.size() == 1
                ? null
                : Conditions.parse("conditions", sensor.correlation().conditions(), all.stream().map(Dependency::name).toList());
        starts = new StartProgram(sensor);
    }

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public Decision decide(Evaluation evaluation) {
        List<Reason> reasons = new ArrayList<>();
        if (!sensor.enabled()) {
            reasons.add(new Reason("enabled", Outcome.REJECT, "is false: the sensor is switched off"));
            return decision(Verdict.NO_MATCH, reasons);
        }
        Map<String, Admitted> admitted = new LinkedHashMap<>();
        String key = "";
        boolean failed = false;
        Origin origin = Origin.of(evaluation.event());
        for (Map.Entry<String, DependencyProgram> entry : dependencies.entrySet()) {
            if (entry.getValue().dependency().origin().equals(origin)) {
                Admission admission = entry.getValue().admit(evaluation, reasons);
                failed |= admission.outcome() == Outcome.ERROR;
                if (admission.outcome() == Outcome.PASS) {
                    admitted.put(entry.getKey(), new Admitted(evaluation.event(), admission.data()));
                    key = admission.key();
                }
            }
        }
        if (admitted.isEmpty()) {
            return decision(failed ? Verdict.ERROR : Verdict.NO_MATCH, reasons);
        }
        return conditions == null
                ? start(evaluation, admitted, admitted.values().iterator().next().data(), null, reasons)
                : together(evaluation, admitted, key, reasons);
    }

    private Decision together(Evaluation evaluation, Map<String, Admitted> admitted, String key, List<Reason> reasons) {
        Join join = new Join(key, admitted.keySet());
        Map<String, Event> waiting = evaluation.waiting(sensor.name(), key);
        Instant cutoff = sensor.correlation().cutoff(evaluation.event().time());
        Map<String, Admitted> all = new LinkedHashMap<>();
        ObjectNode data = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, DependencyProgram> entry : dependencies.entrySet()) {
            Admitted one = admitted.get(entry.getKey());
            Event earlier = waiting.get(entry.getKey());
            if (one == null && earlier != null && !earlier.time().isBefore(cutoff)) {
                JsonNode transformed = entry.getValue().transformed(earlier);
                one = transformed == null ? null : new Admitted(earlier, transformed);
            }
            if (one != null) {
                all.put(entry.getKey(), one);
                data.set(entry.getKey(), one.data());
            }
        }
        String of = key.isEmpty() ? "" : " of key " + Quote.of(key);
        boolean hold = conditions.hold(all.keySet());
        reasons.add(new Reason(
                "conditions",
                hold ? Outcome.PASS : Outcome.REJECT,
                "there is " + String.join(", ", all.keySet()) + of + "; expected " + conditions));
        return hold
                ? start(evaluation, all, data, join, reasons)
                : new Decision(sensor.name(), Verdict.WAITING, reasons, List.of(), join);
    }

    private Decision start(
            Evaluation evaluation, Map<String, Admitted> events, JsonNode data, Join join, List<Reason> reasons) {
        List<Start> found = starts.starts(evaluation, events, data, reasons);
        if (found == null || found.isEmpty()) {
            return new Decision(sensor.name(), found == null ? Verdict.ERROR : Verdict.NO_MATCH, reasons, List.of(), join);
        }
        return new Decision(sensor.name(), Verdict.MATCH, reasons, found, join);
    }

    private Decision decision(Verdict verdict, List<Reason> reasons) {
        return new Decision(sensor.name(), verdict, reasons);
    }
}
