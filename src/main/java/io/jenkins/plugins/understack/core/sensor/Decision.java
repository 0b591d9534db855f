package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one sensor made of one event, and why.
 *
 * @param reasons every part that was looked at, in order
 * @param start what is started when the verdict is {@link Verdict#MATCH}, else null
 */
public record Decision(String sensor, Verdict verdict, List<Reason> reasons, Start start) {
    /** Match: the job is started. Error: a part could not be evaluated or the job could not be started. */
    public enum Verdict {
        MATCH,
        NO_MATCH,
        ERROR
    }

    /** Outcome of one part. */
    public enum Outcome {
        PASS,
        REJECT,
        ERROR
    }

    /**
     * @param part for example {@code filters[0]} or {@code parameters[hostname]}
     * @param detail what was read and what was expected; may quote a short value of the event, so it is for people who may
     *     see the event, not for logs
     */
    public record Reason(String part, Outcome outcome, String detail) {}

    /** A job with the parameters it gets, in the order of the sensor. */
    public record Start(String job, Map<String, String> parameters) {
        public Start {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    public Decision {
        reasons = List.copyOf(reasons);
    }

    /** The same decision with one more reason, which decides the verdict. */
    public Decision with(Reason reason) {
        List<Reason> all = new ArrayList<>(reasons);
        all.add(reason);
        Verdict after = switch (reason.outcome) {
            case PASS -> verdict;
            case REJECT -> Verdict.NO_MATCH;
            case ERROR -> Verdict.ERROR;
        };
        return new Decision(sensor, after, all, start);
    }

    /** The same decision without the values of parameters, which can hold a whole event. */
    public Decision withoutValues() {
        return start == null
                ? this
                : new Decision(sensor, verdict, reasons, new Start(start.job, Map.of()));
    }

    /**
     * The contract of {@code understack explain --json} and of REST, described in docs/explain.md:
     * {@code {"sensor", "verdict", "reasons": [{"part", "outcome", "detail"}], "start": {"job", "parameters"}}}; {@code start}
     * only for a match.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("sensor", sensor);
        json.put("verdict", label(verdict));
        ArrayNode array = json.putArray("reasons");
        for (Reason reason : reasons) {
            array.addObject()
                    .put("part", reason.part)
                    .put("outcome", label(reason.outcome))
                    .put("detail", reason.detail);
        }
        if (verdict == Verdict.MATCH) {
            ObjectNode object = json.putObject("start").put("job", start.job);
            ObjectNode values = object.putObject("parameters");
            start.parameters.forEach(values::put);
        }
        return json;
    }

    /** As users see it: {@code match}, {@code no-match}, {@code error}, {@code pass}, {@code reject}. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
