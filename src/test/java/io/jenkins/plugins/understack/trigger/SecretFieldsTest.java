package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.NoAuthenticationConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.console.RecentEvents;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is secret in an event reaches its build, and no page. */
@WithJenkins
class SecretFieldsTest {
    private static final String DATA = "{\"user\": \"u\", \"password\": \"hunter2-hunter2\"}";

    @Test
    void aBuildSeesItAndPagesDoNot(JenkinsRule r) throws Exception {
        FreeStyleProject job = Events.job("job", "user", "password");
        WebhookEventConfig hook = new WebhookEventConfig("open", "open");
        hook.setAuthentication(new NoAuthenticationConfig());
        WebhookEventSourceConfig source = new WebhookEventSourceConfig("hooks");
        source.setEvents(List.of(hook));
        source.setSecretFields(List.of("password"));
        UnderstackConfiguration.get().setEventSources(List.of(source));
        Understack.get().sensors().put(
                "test",
                new Sensor(
                                "s",
                                new Dependency("hooks", "open"),
                                "job",
                                List.of(Parameter.of("user", "user"), Parameter.of("password", "password")))
                        .compile());
        Event event = new Event("id", "hooks", "open", "webhook", "webhook", Instant.now(), Json.parse(DATA));

        TestSink.send(Understack.get().dispatcher(), event);
        Events.awaitBuilds(r);

        var build = job.getLastBuild();
        assertThat(build.getAction(ParametersAction.class).getParameter("password").getValue()).isEqualTo("hunter2-hunter2");
        assertThat(EventFiles.ofRun(build).data()).isEqualTo(event.data());
        assertThat(build.getAction(EventAction.class).getJson()).contains("***").contains("\"u\"").doesNotContain("hunter2");
        RecentEvents.Entry recent = Understack.get().recentEvents().entries().get(0);
        assertThat(recent.event().data()).isEqualTo(Json.parse("{\"user\": \"u\", \"password\": \"***\"}"));
        assertThat(recent.decisions().get(0).starts().get(0).parameters()).containsEntry("user", "u").containsEntry("password", "***");
        assertThat(recent.decisions().toString()).doesNotContain("hunter2");
        StoredEvent stored = Understack.get().inbox().reader().events(null, 1).get(0);
        assertThat(stored.event().data()).isEqualTo(event.data());
        JenkinsRule.WebClient client = r.createWebClient();
        for (String path : List.of("events/" + stored.number() + "/", "api/inbox/events/" + stored.number())) {
            assertThat(client.goTo("manage/understack-events/" + path, null).getWebResponse().getContentAsString())
                    .contains("***")
                    .doesNotContain("hunter2");
        }

        source.setSecretFields(List.of());
        UnderstackConfiguration.get().setEventSources(List.of(source));
        assertThat(build.getAction(EventAction.class).getJson()).contains("***").contains("\"u\"").doesNotContain("hunter2");
    }
}
