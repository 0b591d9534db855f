package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What a sensor starts once its conditions hold. Thread-safe. */
final class StartProgram {
    /** A group of alerts has dozens; a mistake in the program must not fill the queue. */
    static final int MOST_STARTS = 500;

    private final Sensor sensor;
    private final JqProgram forEach;
    private final Parameters parameters;
    private final JqKey serialize;
    private final JqKey coalesce;
    private final JqKey limit;

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    StartProgram(Sensor sensor) {
        this.sensor = sensor;
        StartRules rules = sensor.rules();
        forEach = sensor.forEach() == null ? null : JqProgram.compile("forEach", sensor.forEach());
        parameters = sensor.argo() == null ? new StrictParameters(sensor.parameters()) : sensor.argo().compileParameters();
        serialize = JqKey.compile("serializeBy", rules.serializeBy());
        coalesce = JqKey.compile("coalesceBy", rules.coalesceBy());
        limit = JqKey.compile("limit.key", rules.limit() == null ? null : rules.limit().key());
    }

    /** @return null where a part cannot be evaluated, empty where {@code forEach} finds nothing */
    List<Start> starts(Evaluation evaluation, Map<String, Admitted> events, JsonNode data, List<Reason> reasons) {
        if (forEach == null) {
            Start start = start(evaluation, events, data, 0, reasons);
            return start == null ? null : List.of(start);
        }
        List<JsonNode> items;
        try {
            items = forEach.all(data, MOST_STARTS);
        } catch (JsonQueryException | RuntimeException e) {
            reasons.add(new Reason("forEach", Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage())));
            return null;
        }
        reasons.add(new Reason("forEach", items.isEmpty() ? Outcome.REJECT : Outcome.PASS, "puts out " + items.size() + " items"));
        List<Start> starts = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < items.size(); i++) {
            List<Reason> said = new ArrayList<>();
            Start start = start(evaluation, events, withItem(data, items.get(i)), i, said);
            String item = "item[" + i + "]";
            said.forEach(reason -> reasons.add(reason.within(item)));
            complete &= start != null;
            starts.add(start);
        }
        return complete ? starts : null;
    }

    private static JsonNode withItem(JsonNode data, JsonNode item) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        data.properties().forEach(member -> all.set(member.getKey(), member.getValue()));
        return all.set("item", item);
    }

    private Start start(
            Evaluation evaluation, Map<String, Admitted> events, JsonNode data, int item, List<Reason> reasons) {
        Map<String, String> values = parameters.resolve(evaluation, events, data, reasons);
        Start.Keys keys = new Start.Keys(key(serialize, data, reasons), key(coalesce, data, reasons), key(limit, data, reasons));
        boolean complete = values != null
                && (serialize == null || keys.serialize() != null)
                && (coalesce == null || keys.coalesce() != null)
                && (limit == null || keys.limit() != null);
        return complete ? new Start(sensor.job(), values, item, keys, sensor.rules()) : null;
    }

    private static String key(JqKey key, JsonNode data, List<Reason> reasons) {
        return key == null ? null : key.of(data, reasons);
    }
}
