package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.util.List;
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

        HtmlPage console = r.createWebClient().goTo("manage/understack-events/");
        assertThat(console.getWebResponse().getContentAsString())
                .contains("openstack-ironic/openstack", "&lt;img src=x", "match", "job")
                .doesNotContain(MARKUP);
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
