package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.correlation.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one sensor made of one event, and why.
 *
 * @param reasons every part that was looked at, in order
 * @param starts what is started when the verdict is {@link Verdict#MATCH}, else empty
 * @param join how the event comes together with others, where the sensor needs several; else null
 */
public record Decision(String sensor, Verdict verdict, List<Reason> reasons, List<Start> starts, Join join) {
    /**
     * Match: the job is started. Waiting: other events are needed. Error: a part could not be evaluated or the job could not be
     * started.
     */
    public enum Verdict {
        MATCH,
        NO_MATCH,
        ERROR,
        WAITING
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
    public record Reason(String part, Outcome outcome, String detail) {
        public Reason within(String parent) {
            return new Reason(parent + "." + part, outcome, detail);
        }
    }

    public Decision {
        reasons = List.copyOf(reasons);
        starts = List.copyOf(starts);
    }

    /** A decision that starts nothing. */
    public Decision(String sensor, Verdict verdict, List<Reason> reasons) {
        this(sensor, verdict, reasons, List.of(), null);
    }

    /** The same decision with one more reason, which decides the verdict. */
    public Decision with(Reason reason) {
        Verdict after = switch (reason.outcome) {
            case PASS -> verdict;
            case REJECT -> Verdict.NO_MATCH;
            case ERROR -> Verdict.ERROR;
        };
        return with(after, List.of(reason));
    }

    /** The same decision with more reasons and another verdict. */
    public Decision with(Verdict after, List<Reason> more) {
        List<Reason> all = new ArrayList<>(reasons);
        all.addAll(more);
        return new Decision(sensor, after, all, starts, join);
    }

    /** The same decision without the values of parameters, which can hold a whole event. */
    public Decision withoutValues() {
        return new Decision(sensor, verdict, reasons, starts.stream().map(Start::withoutValues).toList(), join);
    }

    /** The same decision of a sensor that is a trigger of its job. */
    public Decision ofTrigger() {
        return new Decision(sensor, verdict, reasons, starts.stream().map(Start::ofTrigger).toList(), join);
    }

    /**
     * The contract of {@code understack explain --json} and of REST, described in docs/explain.md:
     * {@code {"sensor", "verdict", "reasons": [{"part", "outcome", "detail"}], "start": {"job", "parameters"}, "starts": […]}};
     * {@code start}, the
     * first one, only for a match, and {@code starts}, all of them, only for several.
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
            json.set("start", toJson(starts.get(0)));
        }
        if (verdict == Verdict.MATCH && starts.size() > 1) {
            ArrayNode all = json.putArray("starts");
            starts.forEach(start -> all.add(toJson(start)));
        }
        return json;
    }

    private static ObjectNode toJson(Start start) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("job", start.job());
        ObjectNode values = json.putObject("parameters");
        start.parameters().forEach(values::put);
        return json;
    }

    /** As users see it: {@code match}, {@code no-match}, {@code error}, {@code pass}, {@code reject}. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
