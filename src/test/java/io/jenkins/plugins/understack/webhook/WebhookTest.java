package io.jenkins.plugins.understack.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.BearerConfig;
import io.jenkins.plugins.understack.config.HmacConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookAuthenticationConfig;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.trigger.EventCause;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Over real HTTP, with security on: anonymous may do nothing at all in this Jenkins. */
@WithJenkins
class WebhookTest {
    /** Signed by Nautobot with the secret {@code understack-test-secret}. */
    private static final String BODY = "{\"event\":\"updated\",\"model\":\"interface\"}";

    private static final String SIGNATURE =
            "cf25a63eeab75828e89ff0cac3d94fa538bcf7589832725816239ec182a9bef62ab472e11c16f09d3c5580c3d38737daa776f17d7ea01aad44c4539a0067ab97";

    private final HttpClient http = HttpClient.newHttpClient();
    private JenkinsRule r;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.ADMINISTER).everywhere().to("admin"));
        Events.secretText("nautobot-webhook", "understack-test-secret");
        HmacConfig hmac = new HmacConfig("nautobot-webhook", "X-Hook-Signature");
        hmac.setAlgorithm("SHA-512");
        WebhookEventSourceConfig source = new WebhookEventSourceConfig("nautobot");
        source.setEvents(List.of(
                event("interfaces", "nautobot", hmac), event("token", "deep/er", new BearerConfig("nautobot-webhook"))));
        UnderstackConfiguration.get().setEventSources(List.of(source));
        job = r.createFreeStyleProject("job");
        job.addTrigger(new EventTrigger("nautobot", "interfaces"));
        job.getTrigger(EventTrigger.class).start(job, true);
    }

    @Test
    void aGoodSignatureStartsABuild() throws Exception {
        HttpResponse<String> answer = post("understack/nautobot/nautobot", BODY, "X-Hook-Signature", SIGNATURE);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        Events.awaitBuilds(r);
        assertThat(answer.body())
                .isEqualTo("{\"id\":\"" + EventCause.of(job.getLastBuild()).getEventId() + "\"}");
    }

    @Test
    void badSignaturesStartNothing() throws Exception {
        assertThat(post("understack/nautobot/nautobot", BODY).statusCode()).isEqualTo(401);
        assertThat(post("understack/nautobot/nautobot", BODY, "X-Hook-Signature", "00").statusCode()).isEqualTo(401);
        assertThat(post("understack/nautobot/nautobot", BODY + " ", "X-Hook-Signature", SIGNATURE).statusCode())
                .isEqualTo(401);
        Events.awaitBuilds(r);
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void beingLoggedInDoesNotHelp() throws Exception {
        var admin = r.createWebClient().withBasicApiToken("admin");
        var request = new org.htmlunit.WebRequest(
                new java.net.URL(r.getURL() + "understack/nautobot/nautobot"), org.htmlunit.HttpMethod.POST);
        request.setRequestBody(BODY);

        assertThat(admin.withThrowExceptionOnFailingStatusCode(false).getPage(request).getWebResponse().getStatusCode())
                .isEqualTo(401);
    }

    @Test
    void bearerTokenOnADeeperPath() throws Exception {
        assertThat(post("understack/nautobot/deep/er/", BODY, "Authorization", "Bearer understack-test-secret").statusCode())
                .isEqualTo(202);
        assertThat(post("understack/nautobot/deep/er", BODY, "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    }

    @Test
    void everythingElseIsNotFoundAlike() throws Exception {
        String expected = post("understack/nowhere/nautobot", BODY).body();
        for (String path : List.of("understack/nautobot/other", "understack/job/nautobot", "understack/openstack-ironic/x")) {
            HttpResponse<String> answer = post(path, BODY);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(expected).doesNotContain("job");
        }
    }

    @Test
    void methodAndSizeAreAnsweredAsHttpMeansThem() throws Exception {
        HttpResponse<String> get = http.send(
                HttpRequest.newBuilder(URI.create(r.getURL() + "understack/nautobot/nautobot")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(post("understack/nautobot/nautobot", "x".repeat(2 * 1024 * 1024)).statusCode()).isEqualTo(413);
        assertThat(post("understack/nautobot/deep/er", "{", "Authorization", "Bearer understack-test-secret").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCrumbIsOnlyWaivedForWebhooks() throws Exception {
        assertThat(post("createItem?name=x", "").statusCode()).isEqualTo(403);
        assertThat(post("understack", "").statusCode()).isEqualTo(403);
        assertThat(post("understack/nautobot", "").statusCode()).isEqualTo(403);
        assertThat(post("understack/a/..;/..;/createItem?name=x", "").statusCode()).isIn(400, 403, 404);
        assertThat(r.jenkins.getItem("x")).isNull();
    }

    private static WebhookEventConfig event(String name, String path, WebhookAuthenticationConfig authentication) {
        WebhookEventConfig event = new WebhookEventConfig(name, path);
        event.setAuthentication(authentication);
        return event;
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(r.getURL() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
