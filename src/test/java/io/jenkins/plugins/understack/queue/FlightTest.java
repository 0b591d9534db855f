package io.jenkins.plugins.understack.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.NoAuthenticationConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Limits of what is in flight, from the request to the build. */
@WithJenkins
class FlightTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatIsBeyondTheLimitOfASensorWaitsInTheInbox(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, StartRules.NONE);
        configure(5, 2);

        for (String id : List.of("1", "2", "3", "4", "5")) {
            assertThat(post(r, id).statusCode()).isEqualTo(202);
        }

        gates.awaitRunning("1", "2");
        awaitPending("3", "4", "5");
        assertThat(gates.waiting()).isEmpty();
        // Five of the source are in flight.
        HttpResponse<String> refused = post(r, "6");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");

        Gates.open("1");
        gates.awaitRunning("2", "3");
        awaitPending("4", "5");
        assertThat(post(r, "6").statusCode()).isEqualTo(202);

        configure(null, null);
        gates.awaitRunning("2", "3", "4", "5", "6");
        for (String id : List.of("2", "3", "4", "5", "6")) {
            Gates.open(id);
        }
        Events.awaitBuilds(r);
    }

    @Test
    void aTriggerHasALimitOfItsOwn(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, StartRules.NONE);
        configure(null, null);
        UnderstackConfiguration.get().setSensors(List.of());
        EventTrigger trigger = new EventTrigger("hooks", "open");
        trigger.setParameters(List.of(parameter()));
        trigger.setInFlight(1);
        gates.job.addTrigger(trigger);
        trigger.start(gates.job, true);

        post(r, "1");
        post(r, "2");

        gates.awaitRunning("1");
        awaitPending("2");
        Gates.open("1");
        gates.awaitRunning("2");
        Gates.open("2");
        Events.awaitBuilds(r);
    }

    private static void configure(Integer ofSource, Integer ofSensor) {
        WebhookEventConfig event = new WebhookEventConfig("open", "open");
        event.setAuthentication(new NoAuthenticationConfig());
        event.setIdPath("body.id");
        WebhookEventSourceConfig source = new WebhookEventSourceConfig("hooks");
        source.setEvents(List.of(event));
        source.setInFlight(ofSource);
        UnderstackConfiguration.get().setEventSources(List.of(source));
        SensorConfig sensor = new SensorConfig("limited", "gated");
        sensor.setSource("hooks");
        sensor.setEvent("open");
        sensor.setParameters(List.of(parameter()));
        sensor.setInFlight(ofSensor);
        UnderstackConfiguration.get().setSensors(List.of(sensor));
    }

    private static ParameterConfig parameter() {
        ParameterConfig parameter = new ParameterConfig("id");
        parameter.setPath("body.id");
        return parameter;
    }

    private static void awaitPending(String... ids) {
        Await.until(
                () -> Understack.get().inbox().reader().pending("", 10).stream().map(PendingStart::eventId).toList(),
                now -> now.equals(List.of(ids)));
    }

    private HttpResponse<String> post(JenkinsRule r, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(r.getURL() + "understack/hooks/open"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"" + id + "\"}"))
                .header("Content-Type", "application/json")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
