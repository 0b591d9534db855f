package io.jenkins.plugins.understack.workbench.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.workbench.cps.PlainValues;
import io.jenkins.plugins.understack.workbench.replay.Difference;
import io.jenkins.plugins.understack.workbench.replay.Difference.Change;
import io.jenkins.plugins.understack.workbench.replay.Replay;
import io.jenkins.plugins.understack.workbench.replay.Recording.SensorStart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changed sensors would start otherwise: as text for people, and as the JSON of docs/explain.md. */
public final class DifferencePrinter {
    private static final int LONGEST_VALUE = 80;

    private final Style style;

    public DifferencePrinter(Style style) {
        this.style = style;
    }

    /**
     * @param recordedSince since when the record is complete
     * @param from since when it was asked for
     */
    public String print(Replay replay, Instant recordedSince, Instant from) {
        List<String> lines = new ArrayList<>();
        Event event = null;
        for (Difference difference : replay.differences()) {
            if (difference.event() != event) {
                event = difference.event();
                lines.add(style.heading("● event " + event.type()) + " from " + event.source() + "/" + event.name() + "  "
                        + seconds(event.time()) + style.faint("  id " + event.id()));
            }
            lines.addAll(lines(difference));
        }
        lines.add(summary(replay));
        if (replay.startsOfJobs() > 0) {
            lines.add("· " + replay.startsOfJobs() + " starts by triggers of jobs, which no configuration file holds, were left out");
        }
        if (replay.errors() > 0) {
            lines.add(style.warning("· " + replay.errors() + " decisions of these sensors are errors; explain --event shows why"));
        }
        if (recordedSince.isAfter(from)) {
            lines.add("· recorded only since " + seconds(recordedSince) + ": Jenkins keeps the last events in memory while it runs");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> lines(Difference difference) {
        List<String> lines = new ArrayList<>();
        String sensor = difference.sensor();
        switch (difference.change()) {
            case NEW -> lines.add("  " + style.good("+ " + sensor + ": new") + ", " + DecisionPrinter.start(difference.after().job(), difference.after().parameters()));
            case GONE -> {
                lines.add("  " + style.bad("- " + sensor + ": gone") + ", started " + difference.before().job());
                if (difference.reasons().isEmpty()) {
                    lines.add("      no sensor of this name depends on the event");
                }
                for (Reason reason : difference.reasons()) {
                    lines.add("      " + style.warning("%-7s".formatted(Decision.label(reason.outcome()))) + reason.part() + ": "
                            + reason.detail());
                }
            }
            case CHANGED -> {
                lines.add("  " + style.warning("~ " + sensor + ": changed") + ", starts " + difference.after().job());
                changes(difference.before(), difference.after()).forEach(change -> lines.add("      " + change));
            }
        }
        return lines;
    }

    private static List<String> changes(SensorStart before, SensorStart after) {
        List<String> changes = new ArrayList<>();
        if (!before.job().equals(after.job())) {
            changes.add("job: " + before.job() + " -> " + after.job());
        }
        Set<String> names = new LinkedHashSet<>(before.parameters().keySet());
        names.addAll(after.parameters().keySet());
        for (String name : names) {
            String old = before.parameters().get(name);
            String now = after.parameters().get(name);
            if (!String.valueOf(old).equals(String.valueOf(now)) || (old == null) != (now == null)) {
                changes.add(name + ": " + value(old) + " -> " + value(now));
            }
        }
        return changes;
    }

    private static String value(String value) {
        return value == null ? "not given" : "\"" + PlainValues.line(value, LONGEST_VALUE) + "\"";
    }

    private static String summary(Replay replay) {
        return replay.events() + " events: " + replay.count(Change.NEW) + " starts new, " + replay.count(Change.GONE) + " gone, "
                + replay.count(Change.CHANGED) + " with other parameters, " + replay.same() + " as before";
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    public ObjectNode toJson(Replay replay, Instant recordedSince) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("recordedSince", recordedSince.toString());
        json.put("events", replay.events());
        var differences = json.putArray("differences");
        for (Difference difference : replay.differences()) {
            ObjectNode event = difference.event().toCloudEvent();
            event.remove(List.of("data", "datacontenttype"));
            ObjectNode object = differences.addObject();
            object.set("event", event);
            object.put("sensor", difference.sensor()).put("change", Decision.label(difference.change()));
            add(object, "before", difference.before());
            add(object, "after", difference.after());
            var reasons = object.putArray("reasons");
            difference.reasons().forEach(reason -> reasons.addObject()
                    .put("part", reason.part())
                    .put("outcome", Decision.label(reason.outcome()))
                    .put("detail", reason.detail()));
        }
        json.putObject("starts")
                .put("new", replay.count(Change.NEW))
                .put("gone", replay.count(Change.GONE))
                .put("changed", replay.count(Change.CHANGED))
                .put("same", replay.same())
                .put("ofJobs", replay.startsOfJobs());
        json.put("errors", replay.errors());
        return json;
    }

    private static void add(ObjectNode json, String name, SensorStart start) {
        if (start != null) {
            ObjectNode parameters = json.putObject(name).put("job", start.job()).putObject("parameters");
            start.parameters().forEach(parameters::put);
        }
    }
}
