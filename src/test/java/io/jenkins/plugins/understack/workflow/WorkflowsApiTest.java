package io.jenkins.plugins.understack.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.RunMap;
import hudson.model.User;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.security.ApiTokenProperty;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code api/workflows/…}, as programs ask it: with a token. */
@WithJenkins
class WorkflowsApiTest {
    private final Map<String, String> tokens = new HashMap<>();

    @Test
    void submittedAndWaitedFor(JenkinsRule r) throws Exception {
        Pipelines.check(r);
        WorkflowJob waits = Pipelines.waits(r);
        Pipelines.secure(r);

        HttpResponse<String> done = post(
                r, "submit", "builder", "{\"name\": \"team/check\", \"parameters\": {\"hostname\": \"h1\", \"password\": \"" + Pipelines.SECRET + "\"}, \"wait\": 60}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode run = Json.parse(done.body());
        assertThat(run.fieldNames()).toIterable()
                .containsExactly("name", "status", "startedAt", "durationMs", "url", "message", "startedBy", "parameters", "steps");
        assertThat(run.path("name").asText()).isEqualTo("team/check#1");
        assertThat(run.path("status").asText()).isEqualTo("Succeeded");
        assertThat(run.path("message").asText()).isEqualTo("done with h1");
        assertThat(run.path("parameters")).hasToString("{\"hostname\":\"h1\",\"password\":\"******\"}");

        // Nobody waits for ever: the answer says where to ask again.
        HttpResponse<String> started = post(r, "submit", "builder", "{\"name\": \"team/waits\"}");
        assertThat(started.statusCode()).isEqualTo(202);
        Await.until(waits::getLastBuild, build -> build != null);
        HttpResponse<String> later = get(r, location(started) + "&wait=1", "builder");
        assertThat(later.statusCode()).as(later.body()).isEqualTo(202);
        assertThat(Json.parse(later.body()).path("status").asText()).isEqualTo("Running");
        assertThat(location(later)).isEqualTo("get?name=team%2Fwaits%231");

        // Who waits hears of the end at once.
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> get(r, location(later) + "&wait=60", "reader"));
        HttpResponse<String> stopped = post(r, "stop", "canceller", "{\"name\": \"team/waits#1\", \"wait\": 60}");
        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(Json.parse(waiting.get(1, TimeUnit.MINUTES).body()).path("status").asText()).isEqualTo("Aborted");
        assertThat(get(r, location(started), "reader").statusCode()).isEqualTo(200);

        JsonNode again = Json.parse(post(r, "retry", "builder", "{\"name\": \"team/waits#1\"}").body());
        assertThat(again.path("status").asText()).isIn("Pending", "Running");
        Await.until(() -> waits.getBuildByNumber(2), build -> build != null);
        post(r, "stop", "canceller", "{\"name\": \"team/waits\", \"wait\": 60}");
        assertThat(Json.parse(get(r, "list?limit=1", "reader").body()).findValuesAsText("name")).containsExactly("team/waits#2");
        assertThat(Json.parse(get(r, "list?folder=team", "reader").body())).hasSize(2);
        assertThat(Json.parse(get(r, "get?name=%40latest", "reader").body()).path("name").asText()).isEqualTo("team/waits#2");
        refusals(r, waits);
        whoWaitsLooksAtEachBuildOnce(waits);
    }

    private static void whoWaitsLooksAtEachBuildOnce(WorkflowJob job) {
        RunMap<WorkflowRun> builds = job.getLazyBuildMixIn().getRunMap();
        Submission none = new Submission(job, 987654);
        builds.purgeCache();
        assertThat(none.run()).isNull();
        assertThat(builds.getLoadedBuilds()).containsKeys(1, 2);
        builds.purgeCache();
        assertThat(none.run()).isNull();
        assertThat(builds.getLoadedBuilds()).containsOnlyKeys(2);
        assertThat(new Submission(job, job.getBuildByNumber(1).getQueueId()).run().getNumber()).isOne();
    }

    private void refusals(JenkinsRule r, WorkflowJob waits) throws Exception {
        int builds = waits.getNextBuildNumber();
        String job = "{\"name\": \"team/waits\"}";
        for (Object[] expected : new Object[][] {
            {"submit", "reader", job, 403},
            {"submit", "canceller", job, 403},
            {"submit", "nobody", job, 404},
            {"submit", null, job, 403},
            {"retry", "reader", job, 403},
            {"retry", "nobody", job, 404},
            {"stop", "builder", job, 403},
            {"stop", "nobody", job, 404},
            {"stop", "canceller", job, 409},
            {"retry", "builder", "{\"name\": \"team/check#1\"}", 409},
            {"submit", "builder", "{\"name\": \"team/none\"}", 404},
            {"submit", "builder", "{\"name\": \"team/check\", \"parameters\": {\"x\": \"y\"}}", 400},
            {"submit", "builder", "{\"name\": \"team/check\", \"parameters\": {\"hostname\": [1]}}", 400},
            {"submit", "builder", "{\"name\": \"team/waits\", \"wait\": 61}", 400},
            {"submit", "builder", "[]", 400},
            {"submit", "builder", "{", 400},
        }) {
            HttpResponse<String> answer = post(r, (String) expected[0], (String) expected[1], (String) expected[2]);
            assertThat(answer.statusCode()).as(expected[0] + " " + expected[1] + " " + expected[2]).isEqualTo(expected[3]);
        }
        for (Object[] expected : new Object[][] {
            {"get?name=team/waits", "nobody", 404},
            {"get?name=team/waits", null, 403},
            {"get?name=%40latest", "nobody", 404},
            {"get?name=team/waits&queue=x", "reader", 400},
            {"get?name=team/waits&queue=987654", "reader", 404},
            {"list?limit=0", "reader", 400},
            {"submit", "admin", 405},
        }) {
            assertThat(get(r, (String) expected[0], (String) expected[1]).statusCode()).as((String) expected[0] + expected[1]).isEqualTo(expected[2]);
        }
        assertThat(get(r, "list", "nobody").body()).isEqualTo("[]");
        assertThat(waits.getNextBuildNumber()).isEqualTo(builds);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/api/workflows/", "");
    }

    private HttpResponse<String> get(JenkinsRule r, String path, String user) {
        return send(r, path, user, null);
    }

    private HttpResponse<String> post(JenkinsRule r, String path, String user, String body) {
        return send(r, path, user, body);
    }

    private HttpResponse<String> send(JenkinsRule r, String path, String user, String body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(r.getURL() + "manage/understack-events/api/workflows/" + path));
            if (body != null) {
                request.POST(HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", "application/json");
            }
            if (user != null) {
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + token(user)).getBytes(StandardCharsets.UTF_8)));
            }
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private synchronized String token(String user) throws Exception {
        if (!tokens.containsKey(user)) {
            tokens.put(user, User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("test").plainValue);
        }
        return tokens.get(user);
    }
}
