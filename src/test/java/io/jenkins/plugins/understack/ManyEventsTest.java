package io.jenkins.plugins.understack;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.InboxTap;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.trigger.EventCause;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.Stapler;

/** One controller for all tests: {@code -Dunderstack.many.events=10000 -Dunderstack.stored.events=100000}. */
@WithJenkins
class ManyEventsTest {
    private static final int EVENTS = Integer.getInteger("understack.many.events", 500);
    private static final int STORED = Integer.getInteger("understack.stored.events", 100_000);
    private static final int KEYS = 25;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static JenkinsRule r;

    @BeforeAll
    static void start(JenkinsRule rule) {
        r = rule;
        Await.until(() -> Understack.get().isCompared(), compared -> compared);
    }

    @AfterAll
    static void stop() throws Exception {
        r.after();
    }

    @AfterEach
    void end() throws Exception {
        Understack.get().sensors().remove("test");
        r.jenkins.setNumExecutors(4);
    }

    @Test
    void eventsWithEqualParametersAreNotFolded() throws Exception {
        FreeStyleProject job = Events.job("equal", "hostname");
        job.setConcurrentBuild(true);
        sensor("equal", StartRules.NONE, Parameter.constant("hostname", "server-1"));

        for (int sent = 0; sent < EVENTS; ) {
            // So many wait at once, where Jenkins would fold them. Of more, Jenkins looks at each whenever a build begins or ends.
            int until = Math.min(EVENTS, sent + 20);
            int waiting = until - sent;
            r.jenkins.setNumExecutors(0);
            for (; sent < until; sent++) {
                send("equal-" + sent, "{\"name\": \"server-1\"}");
            }
            Await.until(() -> Queue.getInstance().getItems().length, length -> length == waiting);
            r.jenkins.setNumExecutors(waiting);
            awaitAll();
        }

        Set<String> events = new HashSet<>();
        job.getBuilds().forEach(build -> events.add(EventCause.of(build).getEventId()));
        assertThat(events).hasSize(EVENTS);
        assertThat(job.getBuilds()).hasSize(EVENTS);
    }

    @Test
    void theNewestOfEachKeyIsHandledLastAndTheOthersAreRecordedAsReplaced() throws Exception {
        FreeStyleProject job = Events.job("newest", "key", "state");
        job.setConcurrentBuild(true);
        job.getBuildersList().add(new Busy());
        sensor("newest", new StartRules(null, ".key", null, null, null, null, false), Parameter.of("key", "key"), Parameter.of("state", "state"));
        Busy.SENT.set(0);

        for (int i = 0; i < EVENTS; i++) {
            send("newest-" + i, "{\"key\": " + i % KEYS + ", \"state\": " + i + "}").join();
            Busy.SENT.incrementAndGet();
        }
        awaitAll();

        Map<Integer, List<Integer>> handled = new HashMap<>();
        for (int number = 1; number < job.getNextBuildNumber(); number++) {
            FreeStyleBuild build = job.getBuildByNumber(number);
            handled.computeIfAbsent(Integer.valueOf(build.getBuildVariables().get("key")), k -> new ArrayList<>())
                    .add(Integer.valueOf(build.getBuildVariables().get("state")));
        }
        assertThat(handled).hasSize(KEYS);
        handled.forEach((key, states) -> assertThat(states)
                .as("key " + key)
                .isSorted()
                .endsWith(EVENTS - KEYS + key));
        assertThat(job.getNextBuildNumber() - 1).as("builds").isGreaterThan(KEYS).isLessThan(EVENTS);
        for (StoredEvent stored : stored("newest-")) {
            int state = Integer.parseInt(stored.event().id().substring("newest-".length()));
            Outcome outcome = reader().outcomesOf(stored.number()).get(0);
            if (handled.get(state % KEYS).contains(state)) {
                assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STARTED);
            } else {
                assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(Outcome.Kind.REPLACED);
                int newer = Integer.parseInt(outcome.detail().replaceFirst("event newest-([0-9]+) has taken its place", "$1"));
                assertThat(newer).isGreaterThan(state);
                assertThat(newer % KEYS).isEqualTo(state % KEYS);
            }
        }
    }

    @Test
    void whatAPageReadsDoesNotDependOnHowMuchThereIs() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        InboxTap.on(Understack.get().inbox(), (map, method) -> {
            if (Stapler.getCurrentRequest2() != null) {
                reads.incrementAndGet();
            }
        });
        String oldest = store(0, 1_000);
        Map<String, Integer> few = readsOfPages(reads, oldest);

        store(1_000, STORED);

        assertThat(reader().eventCount()).isGreaterThanOrEqualTo(STORED);
        assertThat(readsOfPages(reads, oldest)).isEqualTo(few);
        assertThat(reads(reads, "events/?id=nobody&source=" + Events.SOURCE, null)).as("5,000 are looked at").isLessThan(6_000);
        assertThat(reads(reads, "events/?state=dropped", null)).as("and their starts").isLessThan(15 * 5_000);
        assertThat(few.get("events/")).as("for each of 50 rows an event, and what is kept of its start").isLessThan(10 * 50);
    }

    /** How much each page reads; a page of many shows 50. */
    private static Map<String, Integer> readsOfPages(AtomicInteger reads, String oldest) throws Exception {
        Map<String, Integer> all = new TreeMap<>();
        for (String page : List.of("", "pending/", "dead-letters/", "events/" + oldest + "/")) {
            all.put(page, reads(reads, page, null));
        }
        for (long fromTheEnd : new long[] {0, 50, 500}) {
            String place = fromTheEnd == 0 ? "" : "?before=" + number(oldest, fromTheEnd);
            all.put("events/" + place, reads(reads, "events/" + place, "stored-[0-9]+<"));
            all.put("api/inbox/events" + place, reads(reads, "api/inbox/events" + place, "\"stored-"));
        }
        return all;
    }

    /** @param row what each of its 50 rows has, or null */
    private static int reads(AtomicInteger reads, String page, String row) throws Exception {
        reads.set(0);
        HttpRequest request = HttpRequest.newBuilder(URI.create(r.getURL() + "manage/understack-events/" + page)).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        if (row != null) {
            assertThat(Pattern.compile(row).matcher(answer.body()).results()).as(page).hasSize(50);
        }
        return reads.get();
    }

    /**
     * Puts events with these ids into the inbox, each with one start that was settled.
     *
     * @return the number of the first one
     */
    private static String store(int from, int to) throws Exception {
        Inbox inbox = Understack.get().inbox();
        List<Decision> decisions = List.of(new Decision("sensor", Decision.Verdict.NO_MATCH, List.of()));
        CompletableFuture<Void> last = null;
        for (int i = from; i < to; i++) {
            Event event = event("stored-" + i, "{\"name\": \"server-1\", \"rest\": \"" + "x".repeat(500) + "\"}");
            assertThat(inbox.known(event)).isNull();
            last = inbox.put(event, SecretFields.NONE, decisions, () -> {});
        }
        last.join();
        String first = number(reader().events(null, 1).get(0).number(), from - to + 1);
        for (int i = 0; i < to - from; i++) {
            inbox.settle(new Outcome(number(first, i) + "-0000", "sensor", "job", Outcome.Kind.STARTED, "job#" + i, Instant.now()));
        }
        Await.until(() -> reader().outcome(number(first, to - from - 1) + "-0000"), outcome -> outcome != null);
        return first;
    }

    private static String number(String number, long plus) {
        return String.format("%016x", Long.parseLong(number, 16) + plus);
    }

    private static void sensor(String job, StartRules rules, Parameter... parameters) {
        Sensor sensor = new Sensor(
                "the-sensor", true, List.of(new Dependency(Events.SOURCE, Events.EVENT)), null, null, job, List.of(parameters), null, rules);
        Understack.get().sensors().put("test", sensor.compile());
    }

    private static CompletableFuture<Void> send(String id, String data) throws Exception {
        return Understack.get().dispatcher().accept(event(id, data));
    }

    private static Event event(String id, String data) throws Exception {
        return new Event(id, Events.SOURCE, Events.EVENT, "amqp", "test", Instant.now(), Json.parse(data));
    }

    /** Returns when each event has its outcome, and nothing runs any more; as long as there is progress, it waits. */
    private static void awaitAll() throws Exception {
        for (int left = reader().pendingCount(); left > 0; ) {
            int before = left;
            left = Await.until(() -> reader().pendingCount(), now -> now < before);
        }
        r.waitUntilNoActivity();
    }

    private static List<StoredEvent> stored(String prefix) {
        List<StoredEvent> all = new ArrayList<>(reader().events(null, EVENTS));
        all.removeIf(stored -> !stored.event().id().startsWith(prefix));
        assertThat(all).hasSize(EVENTS);
        return all;
    }

    private static InboxReader reader() {
        return Understack.get().inbox().reader();
    }

    /** Takes as long as some further events of each key need. */
    public static final class Busy extends TestBuilder {
        private static final AtomicInteger SENT = new AtomicInteger();

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
            int until = Math.min(EVENTS, SENT.get() + 3 * KEYS);
            Await.until(SENT::get, sent -> sent >= until);
            return true;
        }
    }
}
