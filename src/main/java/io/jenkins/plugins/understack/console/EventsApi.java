package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.workflow.WorkflowsApi;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code api/…}, for programs. Recorded events for {@code understack explain --since} are a contract, described in docs/explain.md. */
public final class EventsApi {
    /** {@code inbox/…}. */
    public InboxApi getInbox() {
        return new InboxApi();
    }

    /** {@code workflows/…}: for those who may see or build their jobs. */
    public WorkflowsApi getWorkflows() {
        return new WorkflowsApi();
    }

    /** {@code sources}: their states; for those who may see the system. */
    public HttpResponse doSources(StaplerRequest2 request) {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        WrongMethod.unlessGet(request);
        return JsonAnswer.array(Understack.get().receivers().status(), RestJson::source);
    }

    /** {@code sensors}, by name; for those who may see the system. */
    public HttpResponse doSensors(StaplerRequest2 request) {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        WrongMethod.unlessGet(request);
        List<Sensor> sensors = Understack.get().sensors().all().stream()
                .map(SensorProgram::sensor)
                .sorted(Comparator.comparing(Sensor::name))
                .toList();
        return JsonAnswer.array(sensors, RestJson::sensor);
    }

    /**
     * {@code GET api/events?since=PT1H}: what was received within that time, or all without one, the oldest first. It carries event
     * data, so it is for administrators.
     */
    public void doEvents(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter String since) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        WrongMethod.unlessGet(request);
        Instant from;
        try {
            from = since == null || since.isEmpty() ? Instant.MIN : Instant.now().minus(Duration.parse(since));
        } catch (DateTimeException | ArithmeticException e) {
            response.sendError(
                    HttpServletResponse.SC_BAD_REQUEST, "since: is no duration of ISO 8601; expected, for example, PT1H30M");
            return;
        }
        write(response, from);
    }

    private static void write(StaplerResponse2 response, Instant from) throws IOException {
        RecentEvents recent = Understack.get().recentEvents();
        List<RecentEvents.Entry> entries = new ArrayList<>(recent.entries());
        entries.removeIf(entry -> entry.again() || entry.attributes().time().isBefore(from));
        Collections.reverse(entries);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Event by event: the whole can be large.
        try (JsonGenerator json = Json.OWN.createGenerator(response.getOutputStream())) {
            json.writeStartObject();
            json.writeStringField("recordedSince", recent.since().toString());
            json.writeArrayFieldStart("events");
            for (RecentEvents.Entry entry : entries) {
                json.writeTree(toJson(entry));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static ObjectNode toJson(RecentEvents.Entry entry) {
        ObjectNode json = Json.OWN.createObjectNode();
        json.set("event", entry.event().toCloudEvent());
        ArrayNode decisions = json.putArray("decisions");
        for (Decision decision : entry.decisions()) {
            ObjectNode object = decision.toJson();
            object.put("central", entry.central().contains(decision.sensor()));
            if (decision.verdict() != Verdict.MATCH && !decision.starts().isEmpty()) {
                ObjectNode match = decision.with(Verdict.MATCH, List.of()).toJson();
                object.set("wanted", match.has("starts") ? match.get("starts") : Json.OWN.createArrayNode().add(match.get("start")));
            }
            decisions.add(object);
        }
        return json;
    }
}
