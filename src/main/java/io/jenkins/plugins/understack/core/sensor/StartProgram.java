package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What a sensor starts once its conditions hold. Thread-safe. */
final class StartProgram {
    /** A group of alerts has dozens; a mistake in the program must not fill the queue. */
    static final int MOST_STARTS = 500;

    /** For all items together: the events that come after this one wait for it. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    static final String ITEM = "item";

    private final Sensor sensor;
    private final LongSupplier nanoTime;
    private final JqProgram forEach;
    private final Parameters parameters;
    private final JqKey serialize;
    private final JqKey coalesce;
    private final JqKey limit;

    /** @throws InvalidFieldException naming the field that cannot be compiled */
    StartProgram(Sensor sensor) {
        this(sensor, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    StartProgram(Sensor sensor, LongSupplier nanoTime) {
        this.sensor = sensor;
        this.nanoTime = nanoTime;
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
        if (!data.isObject() || data.has(ITEM)) {
            String found = data.isObject() ? "the data have a member item already" : "the data are no object";
            reasons.add(new Reason("forEach", Outcome.ERROR, found + "; expected an object without one, because each output is put there"));
            return null;
        }
        List<JsonNode> items;
        try {
            items = forEach.all(data, MOST_STARTS);
        } catch (JsonQueryException | RuntimeException e) {
            reasons.add(new Reason("forEach", Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage())));
            return null;
        }
        reasons.add(new Reason("forEach", items.isEmpty() ? Outcome.REJECT : Outcome.PASS, "puts out " + items.size() + " items"));
        return starts(evaluation, events, data, items, reasons);
    }

    private List<Start> starts(
            Evaluation evaluation, Map<String, Admitted> events, JsonNode data, List<JsonNode> items, List<Reason> reasons) {
        List<Start> starts = new ArrayList<>();
        boolean complete = true;
        // One for all items, since there can be many of them and much beside them.
        ObjectNode withItem = Json.MAPPER.createObjectNode();
        data.properties().forEach(member -> withItem.set(member.getKey(), member.getValue()));
        long begin = nanoTime.getAsLong();
        for (int i = 0; i < items.size(); i++) {
            if (nanoTime.getAsLong() - begin > LONGEST.toNanos()) {
                reasons.add(new Reason(
                        "forEach",
                        Outcome.ERROR,
                        "took longer than " + Durations.print(LONGEST) + " for " + i + " of " + items.size()
                                + " items; expected fewer items, or paths in place of jq"));
                return null;
            }
            withItem.set(ITEM, items.get(i));
            evaluation.changed(withItem);
            List<Reason> said = new ArrayList<>();
            Start start = start(evaluation, events, withItem, i, said);
            String item = ITEM + "[" + i + "]";
            said.forEach(reason -> reasons.add(reason.within(item)));
            complete &= start != null;
            starts.add(start);
        }
        return complete ? starts : null;
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
