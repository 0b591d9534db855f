package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.NoAuthenticationConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code understack explain --since} asks for; the workbench reads the same file in its test. */
@WithJenkins
class EventsApiTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/jenkins/plugins/understack/core/recorded-events.json");

    @Test
    void answersWhatTheCommandReads(JenkinsRule r) throws Exception {
        configure();
        send("m-1", "first", "2026-01-31T12:00:00Z", "{\"body\": {\"name\": \"h1\", \"state\": \"active\"}}");
        send("m-2", "second", "2026-01-31T12:00:01Z", "{\"body\": {\"name\": \"h2\", \"state\": \"error\"}}");
        r.waitUntilNoActivity();

        HttpResponse<String> answer = get(r, "", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        ObjectNode json = (ObjectNode) Json.parse(answer.body());
        assertThat(Instant.parse(json.path("recordedSince").asText())).isBefore(Instant.now());
        json.put("recordedSince", "2026-01-31T11:00:00Z");
        json.path("events").forEach(entry -> sort((ArrayNode) entry.path("decisions")));
        assertThat(json.toPrettyString()).isEqualTo(Json.parse(Files.readString(GOLDEN)).toPrettyString());
    }

    @Test
    void onlyOfTheTimeThatIsAskedFor(JenkinsRule r) throws Exception {
        configure();
        send("old", "t", Instant.now().minus(Duration.ofHours(2)).toString(), "{}");
        send("new", "t", Instant.now().toString(), "{}");

        assertThat(Json.parse(get(r, "PT1H", null).body()).at("/events").findValuesAsText("id")).containsExactly("new");
        assertThat(Json.parse(get(r, "PT3H", null).body()).at("/events").findValuesAsText("id")).containsExactly("old", "new");
        assertThat(Json.parse(get(r, null, null).body()).at("/events").findValuesAsText("id")).containsExactly("old", "new");
        HttpResponse<String> wrong = get(r, "1h", null);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("since: is no duration of ISO 8601");
    }

    @Test
    void isForAdministrators(JenkinsRule r) throws Exception {
        configure();
        send("m-1", "t", "2026-01-31T12:00:00Z", "{\"secret\": \"payload\"}");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Jenkins.MANAGE, Item.READ, Item.CONFIGURE).everywhere().to("auditor"));

        assertThat(get(r, "", "admin").body()).contains("payload");
        for (String user : new String[] {"auditor", null}) {
            HttpResponse<String> answer = get(r, "", user);
            assertThat(answer.statusCode()).as(user).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("payload");
        }
    }

    /** Two central sensors, the job of one of them gone since, and the trigger of a job. */
    private static void configure() throws Exception {
        WebhookEventConfig event = new WebhookEventConfig(Events.EVENT, "path");
        event.setAuthentication(new NoAuthenticationConfig());
        WebhookEventSourceConfig source = new WebhookEventSourceConfig(Events.SOURCE);
        source.setEvents(List.of(event));
        UnderstackConfiguration.get().setEventSources(List.of(source));
        Events.job("job", "hostname");
        FreeStyleProject gone = Events.job("gone", "hostname");
        UnderstackConfiguration.get().setSensors(List.of(sensor("active", "job", "active"), sensor("broken", "gone", "error")));
        gone.delete();
        FreeStyleProject own = Events.job("own");
        own.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
        own.getTrigger(EventTrigger.class).start(own, true);
    }

    private static SensorConfig sensor(String name, String job, String state) {
        FilterConfig filter = new FilterConfig("body.state");
        filter.setValue(List.of(state));
        ParameterConfig parameter = new ParameterConfig("hostname");
        parameter.setPath("body.name");
        SensorConfig sensor = new SensorConfig(name, job);
        sensor.setSource(Events.SOURCE);
        sensor.setEvent(Events.EVENT);
        sensor.setFilters(List.of(filter));
        sensor.setParameters(List.of(parameter));
        return sensor;
    }

    private static void send(String id, String type, String time, String data) throws Exception {
        TestSink.send(
                Understack.get().dispatcher(),
                new Event(id, Events.SOURCE, Events.EVENT, "webhook", type, Instant.parse(time), Json.parse(data)));
    }

    /** With an API token, as the command does. */
    private static HttpResponse<String> get(JenkinsRule r, String since, String user) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(r.getURL() + "manage/understack-events/api/events" + (since == null ? "" : "?since=" + since)));
        if (user != null) {
            String token = User.getById(user, true)
                    .getProperty(ApiTokenProperty.class)
                    .generateNewToken("test")
                    .plainValue;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sensors decide in no certain order. */
    private static void sort(ArrayNode decisions) {
        List<JsonNode> sorted = StreamSupport.stream(decisions.spliterator(), false)
                .sorted(Comparator.comparing(decision -> decision.path("sensor").asText()))
                .toList();
        decisions.removeAll().addAll(sorted);
    }
}
