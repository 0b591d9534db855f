package io.jenkins.plugins.understack.queue;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.trigger.EventCause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;

/** A job whose builds run until the test lets them go, and a sensor that starts it. */
final class Gates {
    private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

    final JenkinsRule r;
    final FreeStyleProject job;

    private Gates(JenkinsRule r, FreeStyleProject job) {
        this.r = r;
        this.job = job;
    }

    static Gates create(JenkinsRule r, String forEach, StartRules rules) throws Exception {
        LATCHES.clear();
        r.jenkins.setNumExecutors(5);
        FreeStyleProject job = r.createFreeStyleProject("gated");
        job.setConcurrentBuild(true);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("id")));
        job.getBuildersList().add(new Gate());
        sensor("gated", forEach, rules, Parameter.of("id", forEach == null ? "id" : "item"));
        return new Gates(r, job);
    }

    static void sensor(String job, String forEach, StartRules rules, Parameter... parameters) {
        Sensor sensor = new Sensor(
                "the-sensor",
                true,
                List.of(new Dependency(Events.SOURCE, Events.EVENT)),
                null,
                forEach,
                job,
                List.of(parameters),
                null,
                rules);
        Understack.get().sensors().put("test", sensor.compile());
    }

    /** An event {@code {"id", "key"}}. */
    static void send(String id, String key) throws Exception {
        Events.send(id, "{\"id\": \"" + id + "\", \"key\": \"" + key + "\"}");
    }

    /** The events whose builds run, in the order of their builds. */
    List<String> running() {
        // A build is in the list a moment before it has its causes.
        return job.getBuilds().stream()
                .filter(build -> build.isBuilding() && EventCause.of(build) != null)
                .map(build -> EventCause.of(build).getEventId())
                .sorted()
                .toList();
    }

    void awaitRunning(String... ids) {
        Await.until(this::running, now -> now.equals(List.of(ids)));
    }

    /** The parameter "id" of what waits, in the order of the queue. */
    List<String> waiting() {
        return Arrays.stream(r.jenkins.getQueue().getItems())
                .sorted(java.util.Comparator.comparing(Queue.Item::getId))
                .map(item -> item.getParams().replace("id=", "").strip())
                .toList();
    }

    /** The reason that Jenkins gives for the only thing that waits. */
    String why() {
        r.jenkins.getQueue().maintain();
        return r.jenkins.getQueue().getItems()[0].getWhy();
    }

    static void open(String id) {
        latch(id).countDown();
    }

    private static CountDownLatch latch(String id) {
        return LATCHES.computeIfAbsent(id, i -> new CountDownLatch(1));
    }

    /** Ends when the gate of its parameter is opened. */
    public static final class Gate extends TestBuilder {
        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) throws InterruptedException {
            latch(build.getBuildVariables().get("id")).await();
            return true;
        }
    }
}
