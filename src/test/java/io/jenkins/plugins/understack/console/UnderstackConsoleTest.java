package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UnderstackConsoleTest {
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    @Test
    void showsEventsDecisionsAndSensorsAndEscapesThem(JenkinsRule r) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject("job");
        job.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
        job.getTrigger(EventTrigger.class).start(job, true);
        Events.send(MARKUP, "{\"x\": \"" + MARKUP + "\"}");
        r.waitUntilNoActivity();
        Await.until(() -> Understack.get().metrics().figures("job").lastRun(), Objects::nonNull);

        try (Events source = Events.configure()) {
            HtmlPage console = r.createWebClient().goTo("manage/understack-events/");
            assertThat(console.getWebResponse().getContentAsString())
                    .contains("openstack-ironic/openstack", "&lt;img src=x", "match", "job", "/job/job/1/\"")
                    .contains("0 / 0.0", "openstack: queue queue-of-ironic-", ", 0 un-acknowledged")
                    .doesNotContain(MARKUP);
            JsonNode json = Json.parse(r.createWebClient()
                    .goTo("manage/understack-events/api/sources", "application/json")
                    .getWebResponse()
                    .getContentAsString());
            assertThat(json.get(0).fieldNames()).toIterable()
                    .containsExactly(
                            "name", "kind", "state", "since", "problem", "received", "rejected", "perMinute",
                            "perMinuteOfQuarterHour", "lastEvent", "lastError", "lastRejection", "consumers");
            assertThat(json.get(0).path("consumers").get(0).fieldNames()).toIterable()
                    .containsExactly("event", "queue", "tag", "unacknowledged");
        }
        FreeStyleBuild build = job.getLastBuild();
        HtmlPage event = r.createWebClient().getPage(build, "event/");
        assertThat(event.getWebResponse().getContentAsString()).contains("&lt;img src=x").doesNotContain(MARKUP);
        HtmlPage page = r.createWebClient().getPage(build);
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain(MARKUP);
        page.getAnchorByHref("event/").click();
        assertThat(r.createWebClient().getPage(build, "console").getWebResponse().getContentAsString())
                .doesNotContain(MARKUP);
    }

    @Test
    void isForThoseWhoMaySeeTheSystem(JenkinsRule r) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject("job");
        FilterConfig filter = new FilterConfig("x");
        filter.setValue(List.of("some data"));
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        trigger.setFilters(List.of(filter));
        job.addTrigger(trigger);
        job.getTrigger(EventTrigger.class).start(job, true);
        Events.send("m-1", "{\"x\": \"some data\"}");
        r.waitUntilNoActivity();
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("auditor")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("author"));

        JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlPage seen = client.login("auditor").goTo("manage/understack-events/");
        assertThat(seen.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(seen.getWebResponse().getContentAsString())
                .contains("m-1", "filters[0]: pass", ", which does not exist; expected one of []")
                .doesNotContain("some data");
        assertThat(client.login("reader").goTo("manage/understack-events/").getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(client.getPage(job.getLastBuild(), "event/").getWebResponse().getContentAsString())
                .contains("m-1")
                .doesNotContain("some data");
        assertThat(client.login("author").getPage(job.getLastBuild(), "event/").getWebResponse().getContentAsString())
                .contains("some data");
    }
}
