package io.jenkins.plugins.understack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.NoAuthenticationConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The panel "Try": in the page as a person uses it, and its requests as anybody can send them. */
@WithJenkins
class TrialTest {
    private static final String CENTRAL = "descriptorByName/" + SensorConfig.class.getName() + "/trial/";
    private static final String TRIGGER = "job/job/descriptorByName/" + EventTrigger.class.getName() + "/trial/";
    private static final String SENSOR = "{\"name\": \"s\", \"source\": \"openstack-ironic\", \"event\": \"openstack\", \"job\": \"job\"}";
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    @Test
    void triesACentralSensorAsItStandsInTheForm(JenkinsRule r) throws Exception {
        job(r);
        source();
        SensorConfig sensor = new SensorConfig("sensor", "job");
        sensor.setSource(Events.SOURCE);
        sensor.setEvent(Events.EVENT);
        sensor.setFilters(List.of(filter("body.type", "saved")));
        ParameterConfig hostname = new ParameterConfig("hostname");
        hostname.setPath("body.name");
        sensor.setParameters(List.of(hostname));
        UnderstackConfiguration.get().setSensors(List.of(sensor));
        var before = UnderstackConfiguration.get().toCore();

        HtmlPage page = r.createWebClient().goTo("configure");
        assertThat(decide(page, "{\"body\": {\"type\": \"typed\", \"name\": \"" + MARKUP + "\"}}"))
                .contains("no-match", "Nothing would be started", "filters[0]", "body.type is \"typed\"; expected \"saved\"");

        HtmlForm form = page.getFormByName("config");
        ((HtmlTextArea) form.querySelector("textarea[name='_.value']")).setText("typed");
        assertThat(decide(page, "{\"body\": {\"type\": \"typed\", \"name\": \"" + MARKUP + "\"}}"))
                .contains("match", "pass", "Would start job", "hostname", MARKUP)
                .doesNotContain("could not be started");
        // As text, not as an element.
        assertThat(page.querySelectorAll(".understack-try-result img")).isEmpty();

        assertThat(UnderstackConfiguration.get().toCore()).isEqualTo(before);
        // What the panel did and has is not part of what is saved.
        assertThat(form.getInputByName("json").getValue()).isEqualTo("init");
        page.executeJavaScript("buildFormTree(document.querySelector('form[name=config]'))");
        assertThat(form.getInputByName("json").getValue()).contains("body.type").doesNotContain("onerror", "understackTry");
        r.submit(form);
        assertThat(UnderstackConfiguration.get().getSensors().get(0).getFilters().get(0).getValue()).containsExactly("typed");
    }

    @Test
    void saysWhatIsWrongInTheForm(JenkinsRule r) throws Exception {
        source();
        for (String[] wrong : new String[][] {
            {"\"event\": \"openstack\"", "\"event\": \"openstack\", \"transform\": \".body |\"", "transform: is no jq program"},
            {"openstack-ironic", "nowhere", "source: sensor \"s\" depends on event source \"nowhere\", which does not exist; expected one of [openstack-ironic]"},
            {"\"name\": \"s\"", "\"name\": \"\"", "name: is empty; expected a value"},
            {"\"job\": \"job\"", "\"job\": \"job\", \"parameters\": {\"name\": \"p\"}", "parameters[0].value: is missing"},
        }) {
            assertThat(post(r.createWebClient(), CENTRAL + "decide", SENSOR.replace(wrong[0], wrong[1]), "{}"))
                    .satisfies(answer -> assertThat(answer.getStatusCode()).isEqualTo(200))
                    .extracting(answer -> text(answer))
                    .asString()
                    .contains("jenkins-alert-danger", wrong[2])
                    .doesNotContain("Exception");
        }
        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", SENSOR, "{\"a\": ")))
                .contains("event: is not JSON: error at line 1");
        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", SENSOR, "{\"specversion\": \"1.0\", \"source\": \"a\", \"subject\": \"b\", \"data\": {}}")))
                .contains("event: comes from a/b; expected [openstack-ironic/openstack]");
        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", "null", "{}"))).contains("the form holds no sensor here");
        // The sensor is right, its job is not.
        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", SENSOR, "{}")))
                .contains("match", "the build could not be started", "job: \"job\" does not exist");
    }

    @Test
    void showsEveryStartAndWhenItBegins(JenkinsRule r) throws Exception {
        source();
        job(r);
        String sensor = SENSOR.replace("}", ", \"forEach\": \".body.hosts[]\", \"parameters\": {\"name\": \"hostname\", \"path\": \"item\"},"
                + " \"serializeBy\": \".item\", \"limit\": {\"starts\": 3, \"period\": \"1h\"}, \"delay\": \"30s\"}");

        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", sensor, "{\"body\": {\"hosts\": [\"h-1\", \"h-2\"]}}")))
                .contains("item[1].parameters[hostname]", "<code>h-1</code>", "<code>h-2</code>")
                .contains("; one build at a time of key \"h-2\"", "; held for approval beyond 3 in 1h", "; begins after 30s");
    }

    @Test
    void showsHowSeveralEventsComeTogether(JenkinsRule r) throws Exception {
        source();
        job(r);
        String sensor =
                """
                {"name": "s", "job": "job", "dependencies": [
                  {"name": "a", "source": "openstack-ironic", "event": "openstack", "where": ".kind == \\"a\\""},
                  {"name": "b", "source": "openstack-ironic", "event": "openstack", "where": ".kind == \\"b\\""}],
                 "parameters": {"name": "hostname", "path": "b.host"}}
                """;
        String event = "{\"specversion\": \"1.0\", \"id\": \"i\", \"source\": \"openstack-ironic\", \"subject\": \"openstack\","
                + " \"data\": {\"kind\": \"KIND\", \"host\": \"h-1\"}}";

        String both = text(post(
                r.createWebClient(), CENTRAL + "decide", sensor, "[" + event.replace("KIND", "a") + "," + event.replace("KIND", "b") + "]"));
        assertThat(both).containsSubsequence("waiting", "event i", "match", "event i", "Would start", "h-1");
        assertThat(text(post(r.createWebClient(), CENTRAL + "decide", sensor, event.replace("KIND", "b"))))
                .contains("waiting", "Nothing would be started");
    }

    @Test
    void picksARecentEventForTheTriggerOfAJob(JenkinsRule r) throws Exception {
        source();
        FreeStyleProject job = job(r);
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        trigger.setFilters(List.of(filter("type", "wanted")));
        job.addTrigger(trigger);
        job.save();
        Events.send("m-1", "{\"type\": \"<b>other</b>\"}");

        HtmlPage page = r.createWebClient().getPage(job, "configure");
        ((HtmlElement) page.querySelector(".understack-try-pick")).click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        HtmlSelect recent = page.querySelector(".understack-try-recent");
        assertThat(recent.getOptions()).hasSize(2);
        assertThat(recent.getOption(1).getText()).endsWith("m-1");
        recent.getOption(1).click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        HtmlTextArea text = page.querySelector(".understack-try-event");
        assertThat(text.getText()).contains("\"specversion\": \"1.0\"", "\"id\": \"m-1\"");

        assertThat(decide(page, text.getText())).contains("no-match", "type is \"<b>other</b>\"; expected \"wanted\"");
        assertThat(job.getBuilds()).isEmpty();
    }

    @Test
    void isForThoseWhoMaySaveTheForm(JenkinsRule r) throws Exception {
        source();
        FreeStyleProject job = job(r);
        Events.send("before", "{}");
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        trigger.setFilters(List.of(filter("type", "wanted")));
        job.addTrigger(trigger);
        trigger.start(job, true);
        Events.send("shown", "{}");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ, Item.READ).everywhere().to("manager")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("author"));

        for (String request : List.of("decide", "events", "event")) {
            for (String[] allowed : new String[][] {
                {"admin", "200", "200"}, {"manager", "403", "403"}, {"reader", "403", "403"}, {"author", "403", "200"}
            }) {
                JenkinsRule.WebClient client = client(r).login(allowed[0]);
                String what = allowed[0] + " " + request;
                assertThat(post(client, CENTRAL + request, SENSOR, "{}").getStatusCode()).as(what).hasToString(allowed[1]);
                assertThat(post(client, TRIGGER + request, SENSOR, "{}").getStatusCode()).as(what).hasToString(allowed[2]);
                // The form of the central list, asked for below a job.
                assertThat(post(client, "job/job/" + CENTRAL + request, SENSOR, "{}").getStatusCode()).as(what).hasToString(allowed[1]);
                assertThat(client.goTo(CENTRAL + request, null).getWebResponse().getStatusCode()).as("GET " + what).isIn(404, 405);
                assertThat(client.goTo(TRIGGER + request, null).getWebResponse().getStatusCode()).as("GET " + what).isIn(404, 405);
            }
        }
        JenkinsRule.WebClient admin = client(r).login("admin");
        WebRequest withoutCrumb = request(r.createWebClient(), CENTRAL + "decide", SENSOR, "{}");
        withoutCrumb.setUrl(new java.net.URL(r.getURL(), CENTRAL + "decide"));
        assertThat(admin.getPage(withoutCrumb).getWebResponse().getStatusCode()).isEqualTo(403);

        assertThat(text(post(admin, TRIGGER + "events", SENSOR, ""))).contains("before", "shown");
        JenkinsRule.WebClient author = client(r).login("author");
        assertThat(text(post(author, TRIGGER + "events", SENSOR, ""))).contains("shown").doesNotContain("before");
        String key = Json.parse(text(post(admin, TRIGGER + "events", SENSOR, ""))).at("/1/key").asText();
        assertThat(key).endsWith(" before");
        assertThat(text(post(admin, TRIGGER + "event", SENSOR, key))).contains("\"id\":\"before\"");
        assertThat(text(post(author, TRIGGER + "event", SENSOR, key))).isEqualTo("null");
    }

    private static String decide(HtmlPage page, String event) throws Exception {
        ((HtmlTextArea) page.querySelector(".understack-try-event")).setText(event);
        ((HtmlElement) page.querySelector(".understack-try-decide")).click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        return ((HtmlElement) page.querySelector(".understack-try-result")).asNormalizedText();
    }

    private static JenkinsRule.WebClient client(JenkinsRule r) {
        return r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private static WebResponse post(JenkinsRule.WebClient client, String path, String sensor, String event) throws Exception {
        return client.getPage(request(client, path, sensor, event)).getWebResponse();
    }

    private static WebRequest request(JenkinsRule.WebClient client, String path, String sensor, String event) throws Exception {
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/json");
        var body = Json.MAPPER.createObjectNode();
        body.set("sensor", Json.parse(sensor));
        request.setRequestBody(body.put("event", event).toString());
        return request;
    }

    private static String text(WebResponse answer) {
        return answer.getContentAsString().replace("&quot;", "\"").replace("&#039;", "'");
    }

    private static FilterConfig filter(String path, String value) {
        FilterConfig filter = new FilterConfig(path);
        filter.setValue(List.of(value));
        return filter;
    }

    private static FreeStyleProject job(JenkinsRule r) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject("job");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("hostname", "nobody")));
        return job;
    }

    /** Of the kind that connects to nobody. */
    private static void source() {
        WebhookEventConfig event = new WebhookEventConfig(Events.EVENT, "path");
        event.setAuthentication(new NoAuthenticationConfig());
        WebhookEventSourceConfig source = new WebhookEventSourceConfig(Events.SOURCE);
        source.setEvents(List.of(event));
        UnderstackConfiguration.get().setEventSources(List.of(source));
    }
}
