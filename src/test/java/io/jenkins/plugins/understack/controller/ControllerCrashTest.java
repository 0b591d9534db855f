package io.jenkins.plugins.understack.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.config.SensorConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller with traffic is killed again and again: at each {@link CrashPoint} and at random moments, its own start-up included. What
 * was published, and confirmed by the broker, is compared with the runs in its home.
 *
 * <p>{@code -Dunderstack.crash.kills=100 -Dunderstack.crash.seed=…}; {@code understack bench crash --jenkins} does it.
 */
class ControllerCrashTest {
    private static final int KILLS = Integer.getInteger("understack.crash.kills", 2);
    private static final int MESSAGES_EACH = 30;
    private static final Pattern EVENT_ID = Pattern.compile("<eventId>(.*?)</eventId>");
    /** About as long as a start takes. */
    private static final int LONGEST_START_MILLIS = 10_000;
    private static final List<String> JOBS = List.of("free", "pipe");

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            // Its time would be counted from the first start, whatever was started since.
            .withTimeout(0)
            .javaOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final long seed = Long.getLong("understack.crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final int firstPoint = random.nextInt(CrashPoint.values().length);
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Set<String> published = new HashSet<>();
    /** Children of this process that are no controller, such as the broker. */
    private Set<ProcessHandle> others;

    @Test
    void nothingIsLostOrRunTwice() throws Throwable {
        long begin = System.nanoTime();
        try (Traffic traffic = new Traffic()) {
            others = ProcessHandle.current().children().collect(Collectors.toSet());
            controller.startJenkins();
            controller.runRemotely(ControllerCrashTest::configure, traffic.address());
            for (int i = 0; i < KILLS; i++) {
                live(traffic, i);
            }
            publish(traffic);
            awaitController();
            awaitLeft(0);
            controller.stopJenkins();
        }
        compare((System.nanoTime() - begin) / 1_000_000_000);
    }

    private static void configure(JenkinsRule r, Traffic.Address address) throws Exception {
        Jenkins jenkins = Jenkins.get();
        jenkins.setNumExecutors(20);
        ParametersDefinitionProperty parameters = new ParametersDefinitionProperty(new StringParameterDefinition("id"));
        FreeStyleProject free = jenkins.createProject(FreeStyleProject.class, JOBS.get(0));
        free.setConcurrentBuild(true);
        free.addProperty(parameters);
        WorkflowJob pipe = jenkins.createProject(WorkflowJob.class, JOBS.get(1));
        pipe.setDefinition(new CpsFlowDefinition("echo params.id", true));
        pipe.addProperty(parameters);
        address.configure();
        UnderstackConfiguration.get().setSensors(JOBS.stream().map(ControllerCrashTest::sensor).toList());
        UnderstackConfiguration.get().save();
        Events.awaitUp();
    }

    private static SensorConfig sensor(String job) {
        FilterConfig wanted = new FilterConfig("body.job");
        wanted.setValue(List.of(job));
        ParameterConfig id = new ParameterConfig("id");
        id.setPath("body.id");
        SensorConfig sensor = new SensorConfig(job, job);
        sensor.setSource(Traffic.Address.SOURCE);
        sensor.setEvent(Traffic.Address.EVENT);
        sensor.setFilters(List.of(wanted));
        sensor.setParameters(List.of(id));
        return sensor;
    }

    /** Some twice, as a producer does that has not heard of its confirmation; some that no sensor wants. */
    private void publish(Traffic traffic) throws Exception {
        for (int i = 0; i < MESSAGES_EACH; i++) {
            String id = "m-" + published.size();
            for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
                traffic.publish(id, JOBS.get(i % 4 == 0 ? 1 : 0));
            }
            traffic.publish("no-" + id, "none");
            published.add(id);
        }
        traffic.awaitConfirms();
    }

    /** Points in turn, each followed by a random moment of the work or of the start-up. */
    private void live(Traffic traffic, int number) throws Throwable {
        if (number % 4 == 3) {
            publish(traffic);
            dieWhileStarting();
            return;
        }
        awaitController();
        if (number % 2 == 1) {
            // Lives that are too short leave more and more to be done, and nothing new is tried.
            awaitLeft(3 * MESSAGES_EACH);
            publish(traffic);
            // Nothing is waited for here: the moment itself is what is tried.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
            kill("random, at work");
            return;
        }
        CrashPoint point = CrashPoint.values()[(firstPoint + number / 2) % CrashPoint.values().length];
        controller.runRemotely(ControllerCrashTest::arm, point, 1 + random.nextInt(MESSAGES_EACH / 2));
        publish(traffic);
        Await.until(controller::isAlive, alive -> !alive);
        kill(point.name());
    }

    private static void arm(JenkinsRule r, CrashPoint point, Integer nth) throws Exception {
        // Before, the starter sets up what is listened to here.
        Await.until(() -> Understack.get().isCompared(), compared -> compared);
        point.arm(nth);
    }

    private void awaitController() throws Exception {
        if (!controller.isAlive()) {
            controller.startJenkins();
        }
    }

    private void dieWhileStarting() throws Exception {
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> {
            try {
                controller.startJenkins();
            } catch (Exception e) {
                // It is killed; whatever else were wrong, the next start would say it.
            }
        });
        Await.until(controller::isAlive, alive -> alive);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START_MILLIS));
        kill("random, during start-up");
        start.join();
    }

    private void kill(String how) {
        controller.stopJenkinsForcibly();
        // It has the port and the home until then.
        Await.until(
                () -> ProcessHandle.current().children().filter(child -> !others.contains(child)).toList(), List::isEmpty);
        kills.merge(how, 1, Integer::sum);
    }

    /** Each Await lasts two minutes: as long as there is progress, the next one begins. */
    private void awaitLeft(int most) {
        for (int left = Integer.MAX_VALUE; left > most; ) {
            int before = left;
            left = Await.until(this::left, now -> now < before || now <= most);
        }
    }

    private int left() throws Exception {
        try {
            return controller.runRemotely(ControllerCrashTest::leftThere, published.size());
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** How much is still to be done: messages to be accepted, starts, and jobs at work. */
    private static Integer leftThere(JenkinsRule r, Integer published) {
        InboxReader reader = Understack.get().inbox().reader();
        long running = JOBS.stream().filter(job -> Jenkins.get().getItemByFullName(job, Job.class).isBuilding()).count();
        return published - reader.eventCount() + reader.pendingCount() + (int) running;
    }

    /** The ids of the runs of each event, by what is on disk. */
    private Map<String, List<String>> runsOfEvents() throws IOException {
        Map<String, List<String>> runs = new HashMap<>();
        for (String job : JOBS) {
            Path builds = controller.getHome().toPath().resolve("jobs").resolve(job).resolve("builds");
            try (DirectoryStream<Path> all = Files.newDirectoryStream(builds, "[0-9]*")) {
                for (Path build : all) {
                    Path record = build.resolve("build.xml");
                    // Without one it was killed before there was a run.
                    if (Files.exists(record)) {
                        Matcher id = EVENT_ID.matcher(Files.readString(record));
                        String event = id.find() ? id.group(1) : "none";
                        runs.computeIfAbsent(event, e -> new ArrayList<>()).add(job + "#" + build.getFileName());
                    }
                }
            }
        }
        return runs;
    }

    private void compare(long seconds) throws IOException {
        Map<String, List<String>> runs = runsOfEvents();
        Set<String> lost = new HashSet<>(published);
        lost.removeAll(runs.keySet());
        List<List<String>> twice = runs.values().stream().filter(some -> some.size() > 1).toList();
        String report = "%d kills of a controller with %s in %d s, seed %d: %s%n%d events, %d runs: %d lost, %d run twice%n"
                .formatted(
                        KILLS, TestBroker.get().isRabbitMq() ? "RabbitMQ" : "the embedded broker", seconds, seed, kills,
                        published.size(), runs.values().stream().mapToInt(List::size).sum(), lost.size(), twice.size());
        Files.writeString(Path.of("target", "crash-matrix.txt"), report);
        assertThat(lost).as("lost: " + report).isEmpty();
        assertThat(twice).as("run twice: " + report).isEmpty();
        assertThat(runs.keySet()).as("only what was published and wanted").isEqualTo(published);
    }
}
