package io.jenkins.plugins.understack.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * {@code api/workflows/…}: submit, get, list, retry and stop; a contract, described in docs/command-line.md. Who asks to wait holds a
 * thread of the server for a minute at most, and so do a few at once only: then the answer is 202, and where to ask again.
 */
@Restricted(NoExternalUse.class)
public final class WorkflowsApi {
    private static final int LONGEST_WAIT_SECONDS = 60;
    /** A fraction of the threads that Jenkins' server has. */
    private static final Semaphore WAITING = new Semaphore(20);

    private static final int MOST = 1_000;
    private static final int LARGEST_BODY = 1_000_000;

    /** {@code GET list?folder=team&limit=50}. */
    @GET
    public HttpResponse doList(StaplerRequest2 request) {
        int limit = number(request.getParameter("limit"), 1, MOST, 50, Messages.WorkflowsApi_limit(String.valueOf(MOST)));
        ArrayNode runs = Json.OWN.createArrayNode();
        Workflows.recent(Util.fixNull(request.getParameter("folder")), limit).forEach(run -> runs.add(WorkflowView.brief(run)));
        return new WorkflowAnswer(200, runs, null);
    }

    /** {@code GET get?name=team/get-obm-ip#7&wait=30}; of a submission {@code name} is its job and {@code queue} its number. */
    @GET
    public HttpResponse doGet(StaplerRequest2 request) throws InterruptedException {
        String queue = request.getParameter("queue");
        Duration wait = wait(request.getParameter("wait"));
        return answered(() -> {
            if (queue == null) {
                Run<?, ?> run = Workflows.run(request.getParameter("name"));
                return following(new Submission(run.getParent(), run.getQueueId()), run, wait);
            }
            if (!queue.matches("[0-9]{1,18}")) {
                throw HttpResponses.errorWithoutStack(400, Messages.WorkflowsApi_queue());
            }
            Submission submission = new Submission(Workflows.job(request.getParameter("name")), Long.parseLong(queue));
            if (submission.isForgotten()) {
                throw new NoSuchWorkflowException(Messages.WorkflowsApi_forgotten(queue, submission.job().getFullName()));
            }
            return following(submission, null, wait);
        });
    }

    /** {@code POST submit} with {@code {"name": …, "parameters": {…}, "wait": 30}}. */
    @RequirePOST
    public HttpResponse doSubmit(StaplerRequest2 request) throws InterruptedException, IOException {
        JsonNode body = body(request);
        Duration wait = wait(body.path("wait").asText(""));
        Map<String, String> parameters = parameters(body.path("parameters"));
        return answered(() -> {
            Job<?, ?> job = Workflows.job(body.path("name").asText());
            Queue.Item item = Workflows.submit(job, parameters);
            return following(new Submission(job, item.getId()), null, wait);
        });
    }

    /** {@code POST retry} with {@code {"name": "team/get-obm-ip#7", "wait": 30}}. */
    @RequirePOST
    public HttpResponse doRetry(StaplerRequest2 request) throws InterruptedException, IOException {
        JsonNode body = body(request);
        Duration wait = wait(body.path("wait").asText(""));
        return answered(() -> {
            Run<?, ?> run = Workflows.run(body.path("name").asText());
            return following(new Submission(run.getParent(), Workflows.retry(run).getId()), null, wait);
        });
    }

    /** {@code POST stop} with {@code {"name": "team/get-obm-ip#7", "wait": 30}}. */
    @RequirePOST
    public HttpResponse doStop(StaplerRequest2 request) throws InterruptedException, IOException {
        JsonNode body = body(request);
        Duration wait = wait(body.path("wait").asText(""));
        return answered(() -> {
            Run<?, ?> run = Workflows.run(body.path("name").asText());
            Workflows.stop(run);
            return following(new Submission(run.getParent(), run.getQueueId()), run, wait);
        });
    }

    /** @param known the build, where it is one already */
    private static HttpResponse following(Submission submission, Run<?, ?> known, Duration wait)
            throws InterruptedException {
        if (!wait.isZero() && WAITING.tryAcquire()) {
            try {
                RunEnds.await(() -> known == null ? submission.ended() : !known.isBuilding(), wait);
            } finally {
                WAITING.release();
            }
        }
        Run<?, ?> run = known == null ? submission.run() : known;
        boolean ended = run == null ? submission.ended() : !run.isBuilding();
        String again = run == null
                ? "get?name=" + Util.rawEncode(submission.job().getFullName()) + "&queue=" + submission.queueId()
                : "get?name=" + Util.rawEncode(run.getExternalizableId());
        return new WorkflowAnswer(
                ended ? 200 : 202, run == null ? WorkflowView.json(submission) : WorkflowView.json(run), ended ? null : again);
    }

    private interface Answer {
        HttpResponse get() throws InterruptedException, IOException;
    }

    private static HttpResponse answered(Answer answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (NoSuchWorkflowException e) {
            return HttpResponses.errorWithoutStack(404, e.getMessage());
        } catch (InvalidFieldException e) {
            return HttpResponses.errorWithoutStack(400, e.getMessage());
        } catch (NotNowException e) {
            return HttpResponses.errorWithoutStack(409, e.getMessage());
        } catch (IOException e) {
            return HttpResponses.errorWithoutStack(500, e.getMessage());
        }
    }

    private static Duration wait(String text) {
        String wrong = Messages.WorkflowsApi_wait(String.valueOf(LONGEST_WAIT_SECONDS));
        return Duration.ofSeconds(number(text, 0, LONGEST_WAIT_SECONDS, 0, wrong));
    }

    private static int number(String text, int least, int most, int otherwise, String wrong) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw HttpResponses.errorWithoutStack(400, wrong);
        }
        return number;
    }

    private static JsonNode body(StaplerRequest2 request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        JsonNode json = null;
        try {
            json = bytes.length > LARGEST_BODY ? null : Json.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (io.jenkins.plugins.understack.core.event.MalformedEventException e) {
            // Refused below.
        }
        if (json == null || !json.isObject()) {
            throw HttpResponses.errorWithoutStack(400, Messages.WorkflowsApi_body());
        }
        return json;
    }

    private static Map<String, String> parameters(JsonNode json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!json.isMissingNode() && !json.isNull() && !json.isObject()) {
            throw HttpResponses.errorWithoutStack(400, Messages.WorkflowsApi_parameters());
        }
        json.fields().forEachRemaining(field -> {
            if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                throw HttpResponses.errorWithoutStack(400, Messages.WorkflowsApi_parameters());
            }
            parameters.put(field.getKey(), field.getValue().asText());
        });
        return parameters;
    }
}
