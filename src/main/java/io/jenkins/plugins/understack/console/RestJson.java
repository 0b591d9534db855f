package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.InboxJson;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.metrics.SensorFigures;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;

/** The JSON of REST, with the names of docs/command-line.md; a contract, described in docs/operator-guide.md. */
final class RestJson {
    private final InboxJson inbox;

    RestJson(InboxReader reader) {
        inbox = new InboxJson(reader, new Waits()::why, (outcome, json) -> {});
    }

    /** An event with what became of its starts; without data. */
    ObjectNode brief(StoredEvent stored) {
        return inbox.event(stored);
    }

    /** Data, and details of reasons, which quote them, only for administrators. */
    ObjectNode detailed(StoredEvent stored) {
        ObjectNode json = decided(stored, stored.decisions());
        if (isAdministrator()) {
            json.set("data", Understack.get().secrets().shown(stored).data());
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

    /** As in the starts of an event, and of which event it is. */
    ObjectNode pending(PendingStart start) {
        return inbox.start(start)
                .put("number", start.number())
                .put("source", start.source())
                .put("event", start.event())
                .put("eventId", start.eventId())
                .put("since", start.since().toString());
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
                .put("lastEvent", text(Understack.get().lastTimes().source(status.name(), status.lastEvent())))
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
        SensorFigures figures = Understack.get().lastTimes().sensor(sensor.name());
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
