package io.jenkins.plugins.understack.queue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** When builds begin, with real builds in the real queue. */
@WithJenkins
class TurnTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void buildsOfOneKeyRunOneAtATimeInTheOrderOfTheEvents(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(".key", null, null, null, null, null, false));

        Gates.send("1", "a");
        Gates.send("2", "a");
        Gates.send("3", "b");
        Gates.send("4", "a");

        gates.awaitRunning("1", "3");
        assertThat(gates.waiting()).containsExactly("2", "4");
        r.jenkins.getQueue().maintain();
        assertThat(gates.running()).containsExactly("1", "3");
        Gates.open("1");
        gates.awaitRunning("2", "3");
        assertThat(gates.why()).isEqualTo("Waits for the build of an earlier event with the same key");
        Gates.open("2");
        gates.awaitRunning("3", "4");
        Gates.open("3");
        Gates.open("4");
        r.waitUntilNoActivity();
        assertThat(gates.job.getBuilds()).hasSize(4).allMatch(build -> build.getResult() == Result.SUCCESS);
    }

    @Test
    void fortyBuildsOfOneKeyNeverOverlap(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(".key", null, null, null, null, null, false));
        for (int i = 1; i <= 40; i++) {
            Gates.open("" + i);
            Gates.send("" + i, "a");
        }

        Await.until(gates.job::getLastBuild, build -> build != null && build.getNumber() == 40 && !build.isBuilding());

        List<FreeStyleBuild> builds = List.copyOf(gates.job.getBuilds());
        for (int i = 0; i < 39; i++) {
            FreeStyleBuild later = builds.get(i);
            FreeStyleBuild earlier = builds.get(i + 1);
            assertThat(later.getStartTimeInMillis()).isGreaterThanOrEqualTo(earlier.getStartTimeInMillis() + earlier.getDuration());
            assertThat(later.getBuildVariables()).containsEntry("id", "" + later.getNumber());
        }
    }

    private static String outcome(String id) {
        InboxReader inbox = Understack.get().inbox().reader();
        StoredEvent stored = inbox.events(null, 100).stream().filter(found -> found.event().id().equals(id)).findFirst().orElseThrow();
        Outcome outcome = inbox.outcomesOf(stored.number()).get(0);
        return outcome.kind() + ": " + outcome.detail();
    }

    @Test
    void theNewestEventOfAKeyTakesThePlaceOfThoseThatWait(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, ".key", null, null, null, null, false));
        Gates.send("1", "a");
        gates.awaitRunning("1");

        Gates.send("2", "a");
        Gates.send("3", "b");
        Gates.send("4", "a");
        Gates.send("5", "a");

        gates.awaitRunning("1", "3");
        assertThat(gates.waiting()).containsExactly("5");
        assertThat(outcome("2")).isEqualTo("REPLACED: event 4 has taken its place");
        assertThat(outcome("4")).isEqualTo("REPLACED: event 5 has taken its place");
        Gates.open("1");
        gates.awaitRunning("3", "5");
        FreeStyleBuild newest = gates.job.getLastBuild();
        assertThat(newest.getAction(TurnAction.class).getReplaced()).containsExactly("2", "4");
        assertThat(r.createWebClient().getPage(newest, "event/").asNormalizedText()).contains("In place of the events 2, 4");
        Gates.open("3");
        Gates.open("5");
        r.waitUntilNoActivity();
        assertThat(gates.job.getBuilds()).hasSize(3);
    }

    @Test
    void beyondTheLimitSomebodyHasToApprove(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, new Limit(1, LONG, ".key"), null, null, null, false));
        Gates.send("1", "a");
        Gates.send("2", "a");
        Gates.send("3", "b");

        gates.awaitRunning("1", "3");
        assertThat(gates.waiting()).containsExactly("2");
        assertThat(gates.why()).isEqualTo("Waits for approval (more than 1 in 1h); see Manage Jenkins, UnderStack events");
        approve(r, null);
        gates.awaitRunning("1", "2", "3");
        assertThat(gates.job.getLastBuild().getAction(TurnAction.class).getApprovedBy()).isEqualTo("anonymous");
        List.of("1", "2", "3").forEach(Gates::open);
        r.waitUntilNoActivity();
    }

    @Test
    void heldBuildsNeedThePermissionToBuild(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, null, null, null, null, true));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("builder")
                .grant(Jenkins.READ).everywhere().to("stranger"));
        Gates.send("1", "a");
        Gates.open("1");
        assertThat(gates.why()).startsWith("Waits for approval (hold)");

        assertThat(approve(r, "stranger")).isEqualTo(404);
        assertThat(approve(r, "reader")).isEqualTo(403);
        URL url = new URL(r.getURL(), url(r, "approve"));
        JenkinsRule.WebClient client = r.createWebClient().login("builder");
        assertThat(client.withThrowExceptionOnFailingStatusCode(false).getPage(new WebRequest(url, HttpMethod.GET)).getWebResponse().getStatusCode())
                .isEqualTo(405);
        r.jenkins.getQueue().maintain();
        assertThat(gates.waiting()).containsExactly("1");
        assertThat(approve(r, "builder")).isEqualTo(200);

        Await.until(gates.job::getLastBuild, build -> build != null && !build.isBuilding());
        assertThat(gates.job.getLastBuild().getAction(TurnAction.class).getApprovedBy()).isEqualTo("builder");
        HtmlPage page = r.createWebClient().login("reader").getPage(gates.job.getLastBuild(), "event/");
        assertThat(page.asNormalizedText()).contains("Approved by builder");
    }

    @Test
    void thePageListsWhatWaitsAndApproves(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, null, null, null, null, true));
        Gates.send("m-1", "a");
        Gates.send("m-2", "a");
        Gates.open("m-1");

        HtmlPage page = r.createWebClient().goTo("manage/understack-events/");
        assertThat(page.asNormalizedText()).contains("Builds that wait for approval", "test (m-1)", "test (m-2)", "hold");
        HtmlPage after = r.submit(page.getForms().stream().filter(form -> form.getNameAttribute().equals("approve")).findFirst().orElseThrow());

        assertThat(after.asNormalizedText()).contains("test (m-2)");
        Await.until(gates.job::getLastBuild, build -> build != null && !build.isBuilding());
        HtmlPage rest = r.createWebClient().goTo("manage/understack-events/");
        r.submit(rest.getFormByName("discard"));
        assertThat(gates.waiting()).isEmpty();
        assertThat(gates.job.getBuilds()).hasSize(1);
    }

    @Test
    void aHeldBuildCanBeDiscarded(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, null, null, null, null, true));
        Gates.send("1", "a");

        assertThat(post(r, null, "discard")).isEqualTo(200);

        assertThat(gates.waiting()).isEmpty();
        assertThat(gates.job.getLastBuild()).isNull();
    }

    @Test
    void eachItemIsABuild(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, ".items[]", StartRules.NONE);

        Events.send("m-1", "{\"items\": [\"a\", \"b\", \"c\"]}");
        List.of("a", "b", "c").forEach(Gates::open);
        r.waitUntilNoActivity();

        assertThat(gates.job.getBuilds()).extracting(build -> build.getBuildVariables().get("id")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void delayedBuildsWaitInTheQueue(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, ".key", null, LONG, null, null, false));

        Gates.send("1", "a");
        long begin = ((Queue.WaitingItem) r.jenkins.getQueue().getItems()[0]).timestamp.getTimeInMillis();
        Gates.send("2", "a");

        assertThat(gates.waiting()).containsExactly("2");
        // The newer event does not put the build off.
        assertThat(((Queue.WaitingItem) r.jenkins.getQueue().getItems()[0]).timestamp.getTimeInMillis()).isLessThan(begin + 2_000);
        r.jenkins.getQueue().clear();
    }

    @Test
    void debouncedBuildsWaitAnew(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, ".key", null, null, Duration.ofSeconds(2), null, false));
        Gates.open("3");

        Gates.send("1", "a");
        Gates.send("2", "a");
        Gates.send("3", "a");

        Await.until(gates.job::getLastBuild, build -> build != null && !build.isBuilding());
        assertThat(gates.job.getBuilds()).hasSize(1);
        assertThat(gates.job.getLastBuild().getBuildVariables()).containsEntry("id", "3");
    }

    @Test
    void beyondTheRateBuildsBeginLater(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, null, null, null, new RateLimit(1, LONG), false));

        Gates.send("1", "a");
        Gates.send("2", "a");

        gates.awaitRunning("1");
        assertThat(gates.waiting()).containsExactly("2");
        Duration left = Duration.ofMillis(
                ((Queue.WaitingItem) r.jenkins.getQueue().getItems()[0]).timestamp.getTimeInMillis() - System.currentTimeMillis());
        assertThat(left).isBetween(LONG.minusMinutes(2), LONG);
        r.jenkins.getQueue().clear();
        Gates.open("1");
        r.waitUntilNoActivity();
    }

    private static int approve(JenkinsRule r, String user) throws Exception {
        return post(r, user, "approve");
    }

    private static int post(JenkinsRule r, String user, String what) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user != null) {
            client.login(user);
        }
        WebRequest request = new WebRequest(client.createCrumbedUrl(url(r, what)), HttpMethod.POST);
        request.setAdditionalHeader("Referer", r.getURL().toString());
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    private static String url(JenkinsRule r, String what) {
        return "queue/item/" + r.jenkins.getQueue().getItems()[0].getId() + "/understack-turn/" + what;
    }
}
