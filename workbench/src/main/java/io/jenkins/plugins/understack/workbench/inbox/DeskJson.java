package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of {@code events}, {@code dead-letters} and {@code replay}: a contract, described in docs/command-line.md. No event data. */
final class DeskJson {
    private final InboxReader reader;
    private final RunFiles runs;

    DeskJson(InboxReader reader, RunFiles runs) {
        this.reader = reader;
        this.runs = runs;
    }

    /** An event with what became of its starts. */
    ObjectNode brief(StoredEvent stored) {
        Event event = stored.event();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("number", stored.number());
        json.put("accepted", stored.accepted().toString());
        json.put("source", event.source());
        json.put("event", event.name());
        json.put("id", event.id());
        json.put("type", event.type());
        json.put("time", event.time().toString());
        ArrayNode array = json.putArray("starts");
        starts(stored.number()).values().forEach(array::add);
        return json;
    }

    ObjectNode detailed(StoredEvent stored) {
        ObjectNode json = brief(stored);
        decisions(json.putArray("decisions"), stored.decisions());
        return json;
    }

    /** After a replay: what was decided this time. */
    ObjectNode decided(StoredEvent stored, List<Decision> decisions) {
        ObjectNode json = brief(stored);
        decisions(json.putArray("decisions"), decisions.stream().map(Decision::withoutValues).toList());
        return json;
    }

    private static void decisions(ArrayNode array, List<Decision> decisions) {
        decisions.forEach(decision -> array.add(decision.toJson()));
    }

    /** By id, so in the order in which they were decided on. */
    private Map<String, ObjectNode> starts(String number) {
        Map<String, ObjectNode> all = new TreeMap<>();
        for (PendingStart start : reader.pendingOf(number)) {
            ObjectNode json = start(start.id(), start.sensor(), start.start().job(), "pending", start.reason());
            json.put("attempts", start.attempts());
            json.put("notBefore", start.notBefore() == null ? null : start.notBefore().toString());
            all.put(start.id(), json);
        }
        for (Outcome outcome : reader.outcomesOf(number)) {
            ObjectNode json =
                    start(outcome.id(), outcome.sensor(), outcome.job(), Decision.label(outcome.kind()), outcome.detail());
            json.put("time", outcome.time().toString());
            runs.find(outcome.id()).ifPresent(run -> json.put("run", run.state()));
            all.put(outcome.id(), json);
        }
        for (DeadLetter letter : reader.deadLettersOf(number)) {
            all.put(letter.id(), start(letter.id(), letter.sensor(), letter.job(), "dead-letter", letter.reason()));
        }
        return all;
    }

    private static ObjectNode start(String id, String sensor, String job, String state, String detail) {
        return Json.MAPPER.createObjectNode()
                .put("start", id)
                .put("sensor", sensor)
                .put("job", job)
                .put("state", state)
                .put("detail", detail);
    }

    static ObjectNode deadLetter(DeadLetter letter) {
        return Json.MAPPER.createObjectNode()
                .put("id", letter.id())
                .put("kind", Decision.label(letter.kind()))
                .put("time", letter.time().toString())
                .put("source", letter.source())
                .put("event", letter.event())
                .put("eventId", letter.eventId())
                .put("sensor", letter.sensor())
                .put("job", letter.job())
                .put("reason", letter.reason())
                .put("attempts", letter.attempts());
    }
}
