package io.jenkins.plugins.understack.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.EventSourceConfig;
import io.jenkins.plugins.understack.config.NoAuthenticationConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WebhookEventConfig;
import io.jenkins.plugins.understack.config.WebhookEventSourceConfig;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a person sees of the inbox, and does about it. */
@WithJenkins
class InboxPagesTest {
    private static final String ROOT = "manage/understack-events/";
    private static final String MARKUP = "<script>alert(1)</script>";

    @Test
    void whoMaySeeTheSystemSeesEverythingButData(JenkinsRule r) throws Exception {
        secure(r);
        FreeStyleProject job = r.createFreeStyleProject("job");
        sensor("good", "job");
        sensor("lost", "nowhere");
        Events.send(MARKUP, "{\"x\": \"some data\"}");
        Events.awaitBuilds(r);
        Await.until(() -> reader().pendingCount(), count -> count == 0);
        String number = reader().events(null, 1).get(0).number();
        JenkinsRule.WebClient client = client(r);

        for (String user : new String[] {"admin", "auditor"}) {
            client.login(user);
            assertThat(text(client, "")).containsPattern("/events/\"[^>]*>1<").containsPattern("/dead-letters/\"[^>]*>1<").containsPattern("/pending/\"[^>]*>0<");
            assertThat(text(client, "events/"))
                    .contains("&lt;script>alert(1)", "good:", "started", "job/1/\"", "job#1", "lost:", "dead-letter", "does not exist; expected the full name of a job")
                    .doesNotContain(MARKUP, "some data");
            assertThat(text(client, "events/" + number + "/"))
                    .contains("&lt;script>alert(1)", ">match<", "job#1", "dead-letter")
                    .doesNotContain(MARKUP);
            assertThat(text(client, "pending/")).contains("No start waits here.");
            assertThat(text(client, "dead-letters/")).contains("does not exist; expected the full name of a job", "&lt;script>").doesNotContain(MARKUP, "some data");
        }
        assertThat(text(client, "events/" + number + "/")).doesNotContain("some data", "name=\"replay\"");
        assertThat(text(client, "dead-letters/")).doesNotContain("type=\"checkbox\"", "formaction");
        assertThat(text(client.login("admin"), "events/" + number + "/")).contains("some data", "name=\"replay\"");
        assertThat(status(client, "events/0000000000000000/")).isEqualTo(404);
        assertThat(status(client, "events/x/")).isEqualTo(404);
        assertThat(status(client, "events/?before=x")).isEqualTo(400);
        for (String path : new String[] {"", "events/", "events/" + number + "/", "pending/", "dead-letters/"}) {
            assertThat(status(client.login("reader"), path)).as(path).isEqualTo(403);
            // Not by a browser: it would follow to the page where one logs in.
            HttpRequest anonymous = HttpRequest.newBuilder(URI.create(r.getURL() + ROOT + path)).build();
            assertThat(HttpClient.newHttpClient().send(anonymous, HttpResponse.BodyHandlers.discarding()).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(job.getBuilds()).hasSize(1);
    }

    @Test
    void secretFieldsAreShownToNobody(JenkinsRule r) throws Exception {
        secure(r);
        WebhookEventConfig event = new WebhookEventConfig(Events.EVENT, "path");
        event.setAuthentication(new NoAuthenticationConfig());
        WebhookEventSourceConfig source = new WebhookEventSourceConfig(Events.SOURCE);
        source.setEvents(List.of(event));
        source.setSecretFields(List.of("body.password"));
        UnderstackConfiguration.get().setEventSources(List.of(source));
        sensor("lost", "nowhere");
        Events.send("m-1", "{\"body\": {\"password\": \"hunter2\", \"name\": \"n1\"}}");
        String number = reader().events(null, 1).get(0).number();
        JenkinsRule.WebClient client = client(r).login("admin");

        assertThat(reader().event(number).event().data().toString()).as("what a replay shows to sensors").contains("hunter2");
        assertThat(text(client, "events/" + number + "/")).contains("n1", "***").doesNotContain("hunter2");
        assertThat(text(client.goTo(ROOT + "api/inbox/events/" + number, "application/json"))).contains("n1", "***").doesNotContain("hunter2");

        // Nor later: first the field is removed, then the source.
        source.setSecretFields(List.of());
        for (List<EventSourceConfig> left : List.of(List.<EventSourceConfig>of(source), List.<EventSourceConfig>of())) {
            UnderstackConfiguration.get().setEventSources(left);
            Understack.get().dispatcher().replay(reader().event(number), name -> true).join();
            assertThat(text(client, "events/" + number + "/")).contains("n1", "***").doesNotContain("hunter2");
            for (String path : List.of("inbox/events/" + number, "events")) {
                assertThat(text(client.goTo(ROOT + "api/" + path, "application/json"))).contains("n1", "***").doesNotContain("hunter2");
            }
        }
    }

    @Test
    void manyArePaged(JenkinsRule r) throws Exception {
        r.createFreeStyleProject("job");
        sensor("good", "job");
        r.jenkins.doQuietDown();
        for (int i = 0; i < 120; i++) {
            TestSink.send(
                    Understack.get().dispatcher(),
                    new Event("m-" + i, Events.SOURCE, Events.EVENT, "amqp", "test", Instant.now(), Json.parse("{}")));
        }
        Events.awaitQueued();

        assertThat(pages(r, "events/", "Older")).containsExactly(50, 50, 20);
        assertThat(pages(r, "events/?id=m-&state=pending", "Search further back")).containsExactly(50, 50, 20);
        assertThat(pages(r, "pending/", "Newer")).containsExactly(50, 50, 20);
        String pending = text(client(r), "pending/");
        assertThat(pending).contains("m-0<", "m-49<", "Jenkins is about to shut down", "again at ").doesNotContain("m-50<");
        assertThat(text(client(r), "events/")).contains("m-119<", "m-70<").doesNotContain("m-69<");
        HtmlForm form = client(r).goTo(ROOT + "events/").getFormByName("find");
        form.getInputByName("id").setValue("m-11");
        form.getSelectByName("state").setSelectedAttribute("pending", true);
        HtmlPage found = (HtmlPage) r.submit(form);
        assertThat(found.getWebResponse().getContentAsString()).contains(">m-11<", ">m-119<").doesNotContain(">m-12<", "Search further back");
        assertThat(found.getFormByName("find").getInputByName("id").getValue()).isEqualTo("m-11");
        assertThat(text(client(r), "events/?sensor=%3Cscript%3E")).contains("There is no such event.").doesNotContain("<script>\"");
        assertThat(text(client(r), "dead-letters/?sensor=good")).contains("There is no such dead letter.").doesNotContain("replayAll");
        r.jenkins.getQueue().clear();
    }

    @Test
    void anEventIsReplayed(JenkinsRule r) throws Exception {
        secure(r);
        FreeStyleProject job = r.createFreeStyleProject("job");
        sensor("good", "job");
        Events.send("m-1", "{}");
        Events.awaitBuilds(r);
        String path = "events/" + reader().events(null, 1).get(0).number() + "/";
        JenkinsRule.WebClient client = client(r);
        assertThat(status(client.login("admin"), path + "replay")).isEqualTo(405);
        assertThat(post(client.login("auditor"), path + "replay").getWebResponse().getStatusCode()).isEqualTo(403);

        try (LogRecorder log = new LogRecorder().record(InboxActions.class, Level.INFO).capture(10)) {
            HtmlPage page = client.login("admin").goTo(ROOT + path);
            HtmlPage after = r.submit(page.getFormByName("replay"));

            assertThat(after.getUrl().getPath()).endsWith(path);
            assertThat(after.getWebResponse().getContentAsString()).contains(" starts job");
            assertThat(log.getMessages()).anyMatch(line -> line.startsWith("admin replayed event " + reader().events(null, 1).get(0).number()));
        }
        Events.awaitBuilds(r);
        Await.until(() -> job.getBuilds().size(), count -> count == 2);
        assertThat(text(client, path)).doesNotContain("starts job<");

        // Many at once, to one sensor.
        Events.send("m-2", "{}");
        HtmlForm form = client.goTo(ROOT + "events/").getFormByName("events");
        form.getInputsByName("number").forEach(box -> ((HtmlCheckBoxInput) box).setChecked(true));
        form.getSelectByName("sensor").setSelectedAttribute("good", true);
        assertThat(text(form.getButtonByName("replay").click())).contains("2 events were replayed");
        Events.awaitBuilds(r);
        Await.until(() -> job.getBuilds().size(), count -> count == 5);
        assertThat(text(post(client, "events/replay", new NameValuePair("number", "0000000000000099")))).contains("Nothing was replayed", "There is no event 0000000000000099");
        assertThat(code(post(client, "events/replay"))).as("no number").isEqualTo(400);
        assertThat(status(client, "events/replay")).isEqualTo(405);
        assertThat(code(post(client.login("auditor"), "events/replay"))).isEqualTo(403);
        assertThat(text(client, "events/")).doesNotContain("type=\"checkbox\"", "name=\"replay\"");
    }

    @Test
    void deadLettersAreReplayedOrDiscarded(JenkinsRule r) throws Exception {
        secure(r);
        DeliveryMonitor monitor = ExtensionList.lookupSingleton(DeliveryMonitor.class);
        assertThat(monitor.isActivated()).isFalse();
        sensor("lost", "job");
        Events.send("m-1", "{}");
        Await.until(() -> reader().deadLetterCount(), count -> count == 1);
        assertThat(monitor.isActivated()).isTrue();
        JenkinsRule.WebClient client = client(r).login("admin");
        assertThat(client.goTo("manage/").getWebResponse().getContentAsString()).contains("One dead letter waits to be replayed or discarded.");
        FreeStyleProject job = r.createFreeStyleProject("job");

        HtmlForm form = client.goTo(ROOT + "dead-letters/").getFormByName("letters");
        form.<HtmlCheckBoxInput>getInputByName("id").setChecked(true);
        HtmlPage after = form.getButtonByName("replay").click();

        assertThat(after.getWebResponse().getContentAsString()).contains("One event was replayed", "There is no dead letter here.");
        Await.until(() -> job.getBuilds().size(), count -> count == 1);
        r.waitUntilNoActivity();
        assertThat(monitor.isActivated()).isFalse();

        job.delete();
        Events.send("m-2", "{}");
        Understack.get()
                .dispatcher()
                .bury(new UnreadableMessage(Events.SOURCE, Events.EVENT, "m-3", "is no JSON", Instant.now(), new byte[] {1}))
                .join();
        Await.until(() -> reader().deadLetterCount(), count -> count == 2);
        Understack.get().sensors().remove("lost");
        assertThat(text(post(client, "dead-letters/replayAll")))
                .contains("Nothing was replayed", "no longer depends on this event", "One dead letter is a message");
        assertThat(reader().deadLetterCount()).isEqualTo(2);

        List<DeadLetter> letters = reader().deadLetters(null, 10);
        NameValuePair first = new NameValuePair("id", letters.get(0).id());
        NameValuePair second = new NameValuePair("id", letters.get(1).id());
        NameValuePair reason = new NameValuePair("reason", "done by hand");
        assertThat(code(post(client, "dead-letters/discard", first, second))).as("no reason").isEqualTo(400);
        assertThat(code(post(client, "dead-letters/discard", new NameValuePair("id", "../x"), reason))).isEqualTo(404);
        assertThat(code(post(client, "dead-letters/discard", reason))).as("no id").isEqualTo(400);
        assertThat(status(client, "dead-letters/discard")).isEqualTo(405);
        for (String action : new String[] {"replay", "replayAll", "discard"}) {
            assertThat(code(post(client(r).login("auditor"), "dead-letters/" + action, first, reason))).as(action).isEqualTo(403);
        }
        assertThat(reader().deadLetterCount()).isEqualTo(2);
        assertThat(text(post(client, "dead-letters/discard", first, second, reason))).contains("2 dead letters were discarded");
        assertThat(reader().deadLetterCount()).isZero();
        assertThat(List.of(reader().outcome(first.getValue()), reader().outcome(second.getValue()))).allSatisfy(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DISCARDED);
            assertThat(outcome.detail()).isEqualTo("done by hand (admin)");
        });
    }

    private static InboxReader reader() {
        return Understack.get().inbox().reader();
    }

    private static void secure(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Item.READ).everywhere().to("auditor")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader"));
        Await.until(() -> Understack.get().isCompared(), compared -> compared);
    }

    private static void sensor(String name, String job) {
        Understack.get()
                .sensors()
                .put(name, new Sensor(name, new Dependency(Events.SOURCE, Events.EVENT), job, List.of()).compile());
    }

    private static JenkinsRule.WebClient client(JenkinsRule r) {
        return r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private static String text(JenkinsRule.WebClient client, String path) throws Exception {
        return text(client.goTo(ROOT + path));
    }

    private static String text(Page page) {
        assertThat(code(page)).as(page.getUrl().toString()).isEqualTo(200);
        return page.getWebResponse().getContentAsString();
    }

    private static int status(JenkinsRule.WebClient client, String path) throws Exception {
        return code(client.goTo(ROOT + path, null));
    }

    private static int code(Page page) {
        return page.getWebResponse().getStatusCode();
    }

    private static Page post(JenkinsRule.WebClient client, String path, NameValuePair... parameters) throws Exception {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + ROOT + path), HttpMethod.POST);
        client.addCrumb(request);
        List<NameValuePair> all = new ArrayList<>(request.getRequestParameters());
        all.addAll(List.of(parameters));
        request.setRequestParameters(all);
        return client.getPage(request);
    }

    /** How many rows each page has. */
    private static List<Integer> pages(JenkinsRule r, String path, String next) throws Exception {
        List<Integer> rows = new ArrayList<>();
        HtmlPage page = client(r).goTo(ROOT + path);
        while (true) {
            rows.add(page.getByXPath("//table/tbody/tr").size());
            List<HtmlAnchor> anchors = page.getAnchors().stream()
                    .filter(anchor -> anchor.getTextContent().strip().equals(next))
                    .toList();
            if (anchors.isEmpty()) {
                return rows;
            }
            page = anchors.get(0).click();
        }
    }
}
