package io.jenkins.plugins.understack.queue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.Queue;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.LimitConfig;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.trigger.EventTrigger;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What goes beside the straight way: vetoes, second opinions, names that clash, and items of earlier versions. */
@WithJenkins
class TurnEdgesTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void whatIsNotQueuedDoesNotCount(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, new Limit(2, LONG, null), null, null, new RateLimit(2, LONG), false));
        Veto.all = true;
        try {
            for (int i = 0; i < 3; i++) {
                Gates.send("refused-" + i, "a");
            }
        } finally {
            Veto.all = false;
        }

        Gates.send("1", "a");
        Gates.send("2", "a");

        gates.awaitRunning("1", "2");
        Gates.open("1");
        Gates.open("2");
        r.waitUntilNoActivity();
    }

    @Test
    void whatIsDeliveredAgainDoesNotCount(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(null, null, new Limit(2, LONG, null), LONG, null, null, false));
        Gates.send("1", "a");
        Gates.send("1", "a");

        Gates.send("2", "a");

        assertThat(gates.waiting()).containsExactly("1", "2");
        assertThat(turn("2").getHeld()).isNull();
        r.jenkins.getQueue().clear();
    }

    @TestExtension("whatIsNotQueuedDoesNotCount")
    public static final class Veto extends Queue.QueueDecisionHandler {
        private static volatile boolean all;

        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            return !all;
        }
    }

    @Test
    void anApprovalIsGivenOnce(JenkinsRule r) throws Exception {
        Gates.create(r, null, new StartRules(null, null, null, LONG, null, null, true));
        Gates.send("1", "a");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        TurnAction turn = turn("1");
        String url = url("1");

        assertThat(post(r, "first", url + "/understack-turn/approve")).isEqualTo(200);
        assertThat(post(r, "second", url + "/understack-turn/approve")).isEqualTo(409);
        assertThat(post(r, "second", url + "/understack-turn/discard")).isEqualTo(409);

        assertThat(turn.getApprovedBy()).isEqualTo("first");
        assertThat(r.jenkins.getQueue().getItems()).hasSize(1);
        r.jenkins.getQueue().clear();
    }

    @Test
    void whatLeftTheQueueCannotBeApproved(JenkinsRule r) throws Exception {
        Gates.create(r, null, new StartRules(null, null, null, null, null, null, true));
        Gates.send("1", "a");
        TurnAction turn = turn("1");
        String url = url("1");
        r.jenkins.getQueue().clear();

        assertThat(post(r, null, url + "/understack-turn/approve")).isEqualTo(409);
        assertThat(post(r, null, url + "/understack-turn/discard")).isEqualTo(409);

        assertThat(turn.getApprovedBy()).isNull();
    }

    @Test
    void aHeldBuildThatBlocksIsNamed(JenkinsRule r) throws Exception {
        Gates gates = Gates.create(r, null, new StartRules(".key", null, new Limit(1, LONG, ".id"), null, null, null, false));
        Events.send("m-1", "{\"id\": \"1\", \"key\": \"a\"}");
        Gates.open("1");
        r.waitUntilNoActivity();

        Events.send("m-2", "{\"id\": \"1\", \"key\": \"a\"}");
        Events.send("m-3", "{\"id\": \"3\", \"key\": \"a\"}");
        Events.send("m-4", "{\"id\": \"4\", \"key\": \"a\"}");
        r.jenkins.getQueue().maintain();

        assertThat(gates.waiting()).containsExactly("1", "3", "4");
        assertThat(List.of(item("3"), item("4")))
                .extracting(Queue.Item::getWhy)
                .containsOnly("Waits for the earlier event m-2 with the same key, which waits for approval;"
                        + " see Manage Jenkins, UnderStack events");
        r.jenkins.getQueue().clear();
    }

    @Test
    void aTriggerIsNotTheSensorOfItsName(JenkinsRule r) throws Exception {
        StartRules rules = new StartRules("\"one\"", null, new Limit(1, LONG, null), null, null, null, false);
        Gates gates = Gates.create(r, null, rules);
        Understack.get()
                .sensors()
                .put("test", new Sensor(
                        "gated",
                        true,
                        List.of(new Dependency(Events.SOURCE, Events.EVENT)),
                        null,
                        null,
                        "gated",
                        List.of(),
                        null,
                        rules).compile());
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        trigger.setSerializeBy("\"one\"");
        trigger.setLimit(new LimitConfig(1, "1h"));
        gates.job.addTrigger(trigger);
        trigger.start(gates.job, true);

        Gates.send("1", "a");

        gates.awaitRunning("1", "1");
        Gates.open("");
        r.waitUntilNoActivity();
    }

    @Test
    void whatCannotBeLoadedBlocksNothing(JenkinsRule r) {
        RunningBuilds builds = new RunningBuilds();
        try (LogRecorder log = new LogRecorder().record(RunningBuilds.class, Level.WARNING).capture(1)) {
            builds.resume(() -> {
                throw new IllegalStateException("broken");
            });

            assertThat(log.getMessages()).singleElement().asString().contains("not all running Pipelines can be loaded");
        }
        assertThat(builds.isKnown()).isTrue();
    }

    @Test
    void aVeryLongDelayIsNoneInThePast(JenkinsRule r) throws Exception {
        Gates.create(r, null, new StartRules(null, null, null, Duration.ofDays(99_999), null, null, false));

        Gates.send("1", "a");

        assertThat(((Queue.WaitingItem) item("1")).timestamp.toInstant()).isAfter(Instant.now().plus(Duration.ofDays(9 * 365)));
        r.jenkins.getQueue().clear();
    }

    @Test
    void anItemOfTheQueueHasNoPageOfItsEvent(JenkinsRule r) throws Exception {
        Gates.create(r, null, new StartRules(null, null, null, null, null, null, true));
        Gates.send("1", "a");

        assertThat(status(r, null, new WebRequest(new URL(r.getURL(), url("1") + "/event/")))).isEqualTo(404);
        r.jenkins.getQueue().clear();
    }

    @Test
    void theQueueOfAnEarlierVersionIsRead(JenkinsRule r) {
        TurnAction turn = (TurnAction) Queue.XSTREAM.fromXML("""
                <io.jenkins.plugins.understack.queue.TurnAction>
                  <sensor>the-sensor</sensor>
                  <coalesceKey>ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb</coalesceKey>
                  <held>hold</held>
                  <replaced>
                    <string>1</string>
                    <string>2</string>
                  </replaced>
                </io.jenkins.plugins.understack.queue.TurnAction>
                """);

        assertThat(turn.isWaitingForApproval()).isTrue();
        assertThat(turn.getReplacedText()).isEqualTo("1, 2");
        assertThat(turn.getEvent()).isEqualTo("?");
        TurnAction newer = new TurnAction(
                "the-sensor", "3", "start", new Start.Keys(null, "a", null));
        assertThat(turn.isReplacedBy(newer)).isTrue();
        assertThat(turn.hasSeen(newer)).isFalse();
        assertThat(newer.with(null, turn.count(), List.of(turn)).getReplaced()).containsExactly("1", "2", "?");
    }

    private static Queue.Item item(String id) {
        return Arrays.stream(Queue.getInstance().getItems())
                .filter(item -> item.getParams().strip().equals("id=" + id))
                .findFirst()
                .orElseThrow();
    }

    private static TurnAction turn(String id) {
        return item(id).getAction(TurnAction.class);
    }

    private static String url(String id) {
        return "queue/item/" + item(id).getId();
    }

    private static int post(JenkinsRule r, String user, String url) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient();
        WebRequest request = new WebRequest(client.createCrumbedUrl(url), HttpMethod.POST);
        request.setAdditionalHeader("Referer", r.getURL().toString());
        return status(r, user, request);
    }

    private static int status(JenkinsRule r, String user, WebRequest request) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user != null) {
            client.login(user);
            request.setUrl(client.createCrumbedUrl(request.getUrl().getPath().substring(r.contextPath.length() + 1)));
        }
        Page page = client.getPage(request);
        return page.getWebResponse().getStatusCode();
    }
}
