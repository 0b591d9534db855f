package io.jenkins.plugins.understack.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Rehearsal;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * Server side of the panel "Try" in the form of a sensor: decides about an event with the sensor as it stands in the form. Nothing is saved
 * or started. Its requests carry JSON: {@code {"sensor": <what the form would submit for it>, "event": <text>}}.
 */
@Restricted(NoExternalUse.class)
public final class Trial {
    /** Eight times what a source takes by default: an event written as text within JSON grows. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final boolean ofJobs;
    private final Form form;

    /** Makes a sensor of what a form submits. */
    @FunctionalInterface
    public interface Form {
        /**
         * @param job whose form it is, or null
         * @throws InvalidFieldException naming the field that cannot be used
         */
        Sensor toCore(StaplerRequest2 request, JSONObject submitted, Job<?, ?> job);
    }

    private Trial(boolean ofJobs, Form form) {
        this.ofJobs = ofJobs;
        this.form = form;
    }

    /** For the central list, which is the administrators'. */
    public static Trial ofCentral(Form form) {
        return new Trial(false, form);
    }

    /** For the trigger of a job: whoever may configure the job may try it. */
    public static Trial ofJob(Form form) {
        return new Trial(true, form);
    }

    /** The decision about the event in {@code event} (or each of several), as a piece of a page. */
    @POST
    public HttpResponse doDecide(StaplerRequest2 request, @AncestorInPath Job<?, ?> job) throws IOException {
        check(job);
        return HttpResponses.forwardToView(decide(request, job), "index");
    }

    private TrialResult decide(StaplerRequest2 request, Job<?, ?> job) throws IOException {
        try {
            JsonNode body = body(request);
            if (!body.path("sensor").isObject()) {
                return TrialResult.refused(Messages.Trial_noSensor());
            }
            Sensor sensor = form.toCore(request, JSONObject.fromObject(body.path("sensor").toString()), ofJobs ? job : null);
            Rehearsal rehearsal = new Rehearsal(List.of(sensor));
            List<DecisionRow> rows = new ArrayList<>();
            for (Event event : TrialEvent.read(sensor, body.path("event").asText())) {
                rehearsal.show(event).forEach(decision -> rows.add(new DecisionRow(event, decision)));
            }
            return TrialResult.of(JobCheck.problem(sensor), rows);
        } catch (InvalidFieldException e) {
            return TrialResult.refused(e.getMessage());
        } catch (MalformedEventException e) {
            return TrialResult.refused(Messages.Trial_event(e.getMessage()));
        }
    }

    /** The recent events that the sensor depends on, as {@code [{"key", "label"}]}, newest first. */
    @POST
    public void doEvents(StaplerRequest2 request, StaplerResponse2 response, @AncestorInPath Job<?, ?> job) throws IOException {
        check(job);
        ArrayNode events = Json.MAPPER.createArrayNode();
        try {
            recent(job).of(body(request).path("sensor")).forEach((key, entry) -> {
                Event event = entry.attributes();
                events.addObject().put("key", key).put("label", event.time() + "  " + event.type() + "  " + event.id());
            });
        } catch (MalformedEventException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
            return;
        }
        answer(response, events);
    }

    /** The event whose key is in {@code event}, as CloudEvents JSON; null when it is no more. */
    @POST
    public void doEvent(StaplerRequest2 request, StaplerResponse2 response, @AncestorInPath Job<?, ?> job) throws IOException {
        check(job);
        try {
            JsonNode body = body(request);
            var entry = recent(job).of(body.path("sensor")).get(body.path("event").asText());
            answer(response, entry == null ? Json.MAPPER.nullNode() : entry.event().toCloudEvent());
        } catch (MalformedEventException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private void check(Job<?, ?> job) {
        if (ofJobs && job != null) {
            job.checkPermission(Item.CONFIGURE);
        } else {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
    }

    private RecentChoice recent(Job<?, ?> job) {
        return new RecentChoice(Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? null : job.getFullName());
    }

    private static JsonNode body(StaplerRequest2 request) throws IOException, MalformedEventException {
        byte[] bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new MalformedEventException("is longer than " + MAX_BYTES + " bytes");
        }
        return Json.parse(bytes);
    }

    private static void answer(StaplerResponse2 response, JsonNode json) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(json);
    }
}
