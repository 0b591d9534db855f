package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code api/inbox/…}, as programs ask it: with a token, and without following redirects. */
@WithJenkins
class InboxApiTest {
    private final Map<String, String> tokens = new HashMap<>();

    @Test
    void reading(JenkinsRule r) throws Exception {
        secure(r);
        r.createFreeStyleProject("job");
        sensor("good", "job");
        sensor("lost", "nowhere");
        Events.send("m-1", "{\"x\": \"some data\"}");
        Events.awaitBuilds(r);
        Await.until(() -> reader().pendingCount(), count -> count == 0);
        Events.send("m-2", "{}");
        Events.awaitBuilds(r);
        Await.until(() -> reader().deadLetterCount(), count -> count == 2);
        Await.until(() -> reader().pendingCount(), count -> count == 0);

        JsonNode events = json(ask(r, "GET", "inbox/events", "auditor"));
        assertThat(events.findValuesAsText("id")).containsExactly("m-2", "m-1");
        JsonNode first = events.get(1);
        assertThat(first.fieldNames()).toIterable()
                .containsExactly("number", "accepted", "source", "event", "id", "type", "time", "starts");
        assertThat(first.path("starts").findValuesAsText("state")).containsExactlyInAnyOrder("started", "dead-letter");
        assertThat(first.path("starts").findValuesAsText("detail")).contains("job#1");
        String number = first.path("number").asText();
        assertThat(json(ask(r, "GET", "inbox/events?limit=1", "auditor"))).hasSize(1);
        assertThat(json(ask(r, "GET", "inbox/events?before=" + events.get(0).path("number").asText(), "auditor")).findValuesAsText("id"))
                .containsExactly("m-1");
        HttpResponse<String> found = ask(r, "GET", "inbox/events?id=m-&sensor=lost&job=nowhere&state=dead-letter&limit=1", "auditor");
        assertThat(json(found).findValuesAsText("id")).containsExactly("m-2");
        String next = found.headers().firstValue("Link").orElseThrow().replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        HttpResponse<String> rest = ask(r, "GET", "inbox/events" + next, "auditor");
        assertThat(json(rest).findValuesAsText("id")).containsExactly("m-1");
        assertThat(json(ask(r, "GET", "inbox/events?sensor=lost&state=started", "auditor"))).isEmpty();
        assertThat(json(ask(r, "GET", "inbox/dead-letters?sensor=lost&id=m-1", "auditor")).findValuesAsText("eventId")).containsExactly("m-1");
        HttpResponse<String> seen = ask(r, "GET", "inbox/events/" + number, "auditor");
        assertThat(json(seen).path("decisions").findValuesAsText("verdict")).containsExactly("match", "match");
        assertThat(seen.body()).doesNotContain("some data", "\"detail\":\"queued");
        assertThat(json(seen).path("decisions").findValues("detail")).isEmpty();
        JsonNode complete = json(ask(r, "GET", "inbox/events/" + number, "admin"));
        assertThat(complete.at("/data/x").asText()).isEqualTo("some data");

        JsonNode letters = json(ask(r, "GET", "inbox/dead-letters", "auditor"));
        assertThat(letters.findValuesAsText("eventId")).containsExactly("m-2", "m-1");
        assertThat(letters.get(0).fieldNames()).toIterable()
                .containsExactly("id", "kind", "time", "source", "event", "eventId", "sensor", "job", "reason", "attempts");
        assertThat(json(ask(r, "GET", "inbox/pending", "auditor"))).isEmpty();
        assertThat(json(ask(r, "GET", "sources", "auditor"))).isEmpty();
        JsonNode sensors = json(ask(r, "GET", "sensors", "auditor"));
        assertThat(sensors.findValuesAsText("name")).containsExactly("good", "lost");
        assertThat(sensors.get(0).path("lastRun").asText()).isEqualTo("job#2");
        assertThat(Instant.parse(sensors.get(0).path("lastStarted").asText())).isAfter(Instant.parse(sensors.get(0).path("lastMatched").asText()));
        assertThat(sensors.get(0).path("lastFailed").isNull()).isTrue();
        assertThat(sensors.get(1).path("lastDeadLetter").asText()).isEqualTo(letters.get(0).path("id").asText());
        assertThat(sensors.get(1).path("lastStarted").isNull()).isTrue();

        JsonNode metrics = json(get(r, "metrics/currentUser/metrics", "admin"));
        assertThat(metrics.at("/meters/understack.action.triggered.sensor_name.good/count").asInt()).isEqualTo(2);
        assertThat(metrics.at("/meters/understack.action.retries.failed.sensor_name.lost/count").asInt()).isEqualTo(2);
        assertThat(metrics.at("/meters/understack.sensor.decisions.sensor_name.lost.verdict.match/count").asInt()).isEqualTo(2);
        assertThat(metrics.at("/timers/understack.action.started.latency.sensor_name.good/count").asInt()).isEqualTo(2);
        assertThat(metrics.at("/gauges/understack.inbox.dead.letters/value").asInt()).isEqualTo(2);
        assertThat(metrics.at("/gauges/understack.inbox.size.bytes/value").asInt()).isPositive();
        assertThat(get(r, "metrics/currentUser/metrics", "auditor").statusCode()).isEqualTo(403);

        for (String path : new String[] {"inbox/events", "inbox/events/" + number, "inbox/pending", "inbox/dead-letters", "sources", "sensors"}) {
            for (String user : new String[] {"reader", null}) {
                assertThat(ask(r, "GET", path, user).statusCode()).as(path + " " + user).isEqualTo(403);
            }
        }
    }

    @Test
    void whatIsWronglyAsked(JenkinsRule r) throws Exception {
        secure(r);
        for (String path : new String[] {"inbox/events?limit=0", "inbox/events?limit=1001", "inbox/events?before=x", "inbox/events?state=done", "inbox/pending?after=1", "inbox/dead-letters?before=x"}) {
            assertThat(ask(r, "GET", path, "auditor").statusCode()).as(path).isEqualTo(400);
        }
        for (String path : new String[] {"inbox/events/x", "inbox/events/0000000000000001", "inbox/events/0000000000000001/x", "inbox/pending/x", "inbox/x"}) {
            assertThat(ask(r, "GET", path, "auditor").statusCode()).as(path).isEqualTo(404);
        }
        for (String path : new String[] {"inbox/events/0000000000000001/replay", "inbox/dead-letters/0000000000000001-0000/replay", "inbox/dead-letters/x/discard"}) {
            assertThat(ask(r, "POST", path, "admin").statusCode()).as(path).isEqualTo(404);
            assertThat(ask(r, "POST", path, "auditor").statusCode()).as(path).isEqualTo(403);
            HttpResponse<String> answer = ask(r, "GET", path, "admin");
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        }
        for (String path : new String[] {"inbox/events", "inbox/pending", "sources", "sensors", "events"}) {
            HttpResponse<String> answer = ask(r, "POST", path, "admin");
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).as(path).hasValue("GET, HEAD");
            assertThat(ask(r, "HEAD", path, "admin").statusCode()).as(path).isEqualTo(200);
        }
        assertThat(ask(r, "PUT", "sources", "auditor").statusCode()).isEqualTo(405);
        assertThat(ask(r, "DELETE", "inbox/dead-letters", "admin").statusCode()).isEqualTo(405);
    }

    @Test
    void acting(JenkinsRule r) throws Exception {
        secure(r);
        sensor("lost", "job");
        Events.send("m-1", "{}");
        Await.until(() -> reader().deadLetterCount(), count -> count == 1);
        FreeStyleProject job = r.createFreeStyleProject("job");
        String letter = reader().deadLetters(null, 1).get(0).id();
        String number = reader().events(null, 1).get(0).number();

        JsonNode replayed = json(ask(r, "POST", "inbox/dead-letters/" + letter + "/replay", "admin"));

        assertThat(replayed.path("number").asText()).isEqualTo(number);
        assertThat(replayed.at("/decisions/0/verdict").asText()).isEqualTo("match");
        Await.until(() -> job.getBuilds().size(), count -> count == 1);
        assertThat(reader().deadLetterCount()).isZero();
        assertThat(json(ask(r, "POST", "inbox/events/" + number + "/replay?sensor=other", "admin")).path("decisions")).isEmpty();
        json(ask(r, "POST", "inbox/events/" + number + "/replay?sensor=lost", "admin"));
        Await.until(() -> job.getBuilds().size(), count -> count == 2);
        r.waitUntilNoActivity();

        Understack.get()
                .dispatcher()
                .bury(new UnreadableMessage(Events.SOURCE, Events.EVENT, "m-3", "is no JSON", Instant.now(), new byte[] {1}))
                .join();
        String message = reader().deadLetters(null, 1).get(0).id();
        HttpResponse<String> refused = ask(r, "POST", "inbox/dead-letters/" + message + "/replay", "admin");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("can only be discarded");
        assertThat(ask(r, "POST", "inbox/dead-letters/" + message + "/discard", "admin").statusCode()).isEqualTo(400);
        assertThat(json(ask(r, "POST", "inbox/dead-letters/" + message + "/discard?reason=old", "admin")).path("id").asText())
                .isEqualTo(message);
        assertThat(reader().outcome(message).detail()).isEqualTo("old (admin)");
    }

    private static InboxReader reader() {
        return Understack.get().inbox().reader();
    }

    private static void secure(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("auditor")
                .grant(Jenkins.READ).everywhere().to("reader"));
        Await.until(() -> Understack.get().isCompared(), compared -> compared);
    }

    private static void sensor(String name, String job) {
        Understack.get()
                .sensors()
                .put(name, new Sensor(name, new Dependency(Events.SOURCE, Events.EVENT), job, List.of()).compile());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.uri() + ": " + answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return Json.parse(answer.body());
    }

    private HttpResponse<String> ask(JenkinsRule r, String method, String path, String user) throws Exception {
        return send(r, method, "manage/understack-events/api/" + path, user);
    }

    private HttpResponse<String> get(JenkinsRule r, String path, String user) throws Exception {
        return send(r, "GET", path, user);
    }

    private HttpResponse<String> send(JenkinsRule r, String method, String path, String user) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(r.getURL() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (user != null) {
            if (!tokens.containsKey(user)) {
                tokens.put(user, User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("test").plainValue);
            }
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":" + tokens.get(user)).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
