package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.metrics.SensorFigures;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** The JSON of REST, with the names of docs/command-line.md; a contract, described in docs/operator-guide.md. */
final class InboxJson {
    private final InboxReader reader;
    private final Waits waits = new Waits();

    InboxJson(InboxReader reader) {
        this.reader = reader;
    }

    /** An event with what became of its starts; without data. */
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

    /** Data, and details of reasons, which quote them, only for administrators. */
    ObjectNode detailed(StoredEvent stored) {
        ObjectNode json = decided(stored, stored.decisions());
        if (isAdministrator()) {
            json.set("data", Understack.get().shown(stored).data());
        }
        return json;
    }

    /** What was decided by a replay. */
    ObjectNode decided(StoredEvent stored, List<Decision> decisions) {
        ObjectNode json = brief(stored);
        ArrayNode array = json.putArray("decisions");
        for (Decision decision : decisions) {
            ObjectNode object = decision.withoutValues().toJson();
            if (!isAdministrator()) {
                object.path("reasons").forEach(reason -> ((ObjectNode) reason).remove("detail"));
            }
            array.add(object);
        }
        return json;
    }

    private static boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    private Map<String, ObjectNode> starts(String number) {
        Map<String, ObjectNode> all = new TreeMap<>();
        for (PendingStart start : reader.pendingOf(number)) {
            all.put(start.id(), start(start));
        }
        for (Outcome outcome : reader.outcomesOf(number)) {
            all.put(
                    outcome.id(),
                    start(outcome.id(), outcome.sensor(), outcome.job(), Decision.label(outcome.kind()), outcome.detail())
                            .put("time", outcome.time().toString()));
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

    private ObjectNode start(PendingStart start) {
        return start(start.id(), start.sensor(), start.start().job(), "pending", waits.why(start))
                .put("attempts", start.attempts())
                .put("notBefore", text(start.notBefore()));
    }

    /** As in the starts of an event, and of which event it is. */
    ObjectNode pending(PendingStart start) {
        return start(start)
                .put("number", start.number())
                .put("source", start.source())
                .put("event", start.event())
                .put("eventId", start.eventId())
                .put("since", start.since().toString());
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

    static ObjectNode source(SourceStatus status) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("name", status.name())
                .put("kind", status.kind())
                .put("state", Decision.label(status.state()))
                .put("since", text(status.since()))
                .put("problem", status.problem())
                .put("received", status.received())
                .put("rejected", status.rejected())
                .put("perMinute", status.perMinute())
                .put("perMinuteOfQuarterHour", status.perMinuteOfQuarterHour())
                .put("lastEvent", text(status.lastEvent()))
                .put("lastError", status.lastError())
                .put("lastRejection", status.lastRejection());
        ArrayNode consumers = json.putArray("consumers");
        status.consumers().forEach(consumer -> consumers
                .addObject()
                .put("event", consumer.event())
                .put("queue", consumer.queue())
                .put("tag", consumer.tag())
                .put("unacknowledged", consumer.unacknowledged()));
        return json;
    }

    static ObjectNode sensor(Sensor sensor) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", sensor.name()).put("enabled", sensor.enabled());
        ArrayNode dependencies = json.putArray("dependencies");
        sensor.dependencies().forEach(dependency -> dependencies
                .addObject()
                .put("source", dependency.origin().source())
                .put("event", dependency.origin().event()));
        String problem = Understack.get().dependencyProblem(sensor);
        SensorFigures figures = Understack.get().metrics().figures(sensor.name());
        return json.put("job", sensor.job())
                .put("problem", problem == null ? JobCheck.problem(sensor) : problem)
                .put("lastMatched", text(figures.lastMatched()))
                .put("lastStarted", text(figures.lastStarted()))
                .put("lastRun", figures.lastRun())
                .put("lastFailed", text(figures.lastFailed()))
                .put("lastDeadLetter", figures.lastDeadLetter());
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
