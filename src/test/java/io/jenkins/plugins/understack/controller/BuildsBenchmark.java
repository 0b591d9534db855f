package io.jenkins.plugins.understack.controller;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Builds from events beside the same builds scheduled directly, in turn on one controller. Events come as messages of 2 kB from the test
 * broker; the time begins with the first of them, or with the first call, and ends when the last build has started.
 *
 * <p>{@code understack bench builds}.
 */
class BuildsBenchmark {
    private static final String BUILDS_PROPERTY = "understack.bench.builds";
    private static final int BUILDS = Integer.getInteger(BUILDS_PROPERTY, 500);
    private static final int ROUNDS = Integer.getInteger("understack.bench.rounds", 5);
    /** Not counted: Java gets warm. */
    private static final int FIRST_ROUNDS = 2;

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().withTimeout(0).javaOptions("-da", "-Xmx1g", "-D" + BUILDS_PROPERTY + "=" + BUILDS);

    /** Builds per second: until the last one had started, and until it had ended. */
    private record Rate(double started, double ended) implements Serializable {}

    private final StringBuilder report = new StringBuilder();

    @Test
    void measure() throws Throwable {
        report.append("%d cores, Java %s, %s; %d builds each, median of %d rounds%n"
                .formatted(
                        Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), "4 executors", BUILDS, ROUNDS));
        try (Traffic traffic = new Traffic()) {
            controller.startJenkins();
            controller.runRemotely(BuildsBenchmark::configure, traffic.address());
            for (String kind : List.of("freestyle", "pipeline")) {
                measure(kind, traffic);
            }
            controller.stopJenkins();
        }
        Files.writeString(Path.of("target", "bench-builds.txt"), report);
    }

    private void measure(String kind, Traffic traffic) throws Throwable {
        List<Rate> direct = new ArrayList<>();
        List<Rate> events = new ArrayList<>();
        for (int round = 0; round < FIRST_ROUNDS + ROUNDS; round++) {
            String job = kind + "-direct-" + round;
            controller.runRemotely(BuildsBenchmark::create, kind, job);
            direct.add(rate(controller.runRemotely(BuildsBenchmark::schedule, job), job));

            job = kind + "-events-" + round;
            controller.runRemotely(BuildsBenchmark::create, kind, job);
            long begin = System.currentTimeMillis();
            for (int i = 0; i < BUILDS; i++) {
                traffic.publish(job + "-" + i, job);
            }
            traffic.awaitConfirms();
            events.add(rate(begin, job));
        }
        report.append("%s, started: %s%n".formatted(kind, line(direct, events, true)));
        report.append("%s, ended: %s%n".formatted(kind, line(direct, events, false)));
    }

    private static String line(List<Rate> direct, List<Rate> events, boolean started) {
        List<Double> one = counted(events, started);
        List<Double> other = counted(direct, started);
        return "%.0f/s from events, %.0f/s directly: %.0f %% %s %s"
                .formatted(median(one), median(other), 100 * median(one) / median(other), rounded(one), rounded(other));
    }

    private static List<Double> counted(List<Rate> rates, boolean started) {
        return rates.stream().skip(FIRST_ROUNDS).map(rate -> started ? rate.started : rate.ended).toList();
    }

    private static List<Long> rounded(List<Double> rates) {
        return rates.stream().map(Math::round).toList();
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    private Rate rate(long begin, String job) throws Throwable {
        return controller.runRemotely(BuildsBenchmark::await, job, begin);
    }

    private static void configure(JenkinsRule r, Traffic.Address address) throws Exception {
        Jenkins.get().setNumExecutors(4);
        Jenkins.get().setQuietPeriod(0);
        address.configure();
        Events.awaitUp();
    }

    /** The job, and a sensor that starts it and nothing else. */
    private static void create(JenkinsRule r, String kind, String name) throws Exception {
        ParametersDefinitionProperty parameters = new ParametersDefinitionProperty(new StringParameterDefinition("id"));
        if (kind.equals("pipeline")) {
            WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition("echo params.id", true));
            job.addProperty(parameters);
        } else {
            FreeStyleProject job = Jenkins.get().createProject(FreeStyleProject.class, name);
            job.setConcurrentBuild(true);
            job.addProperty(parameters);
        }
        Dependency dependency = new Dependency(
                null, new Origin(Traffic.Address.SOURCE, Traffic.Address.EVENT), null,
                ".body.job == \"" + name + "\"", List.of(), null, null);
        Understack.get().sensors().put("bench", new Sensor(name, dependency, name, List.of(Parameter.of("id", "body.id"))).compile());
    }

    private static Long schedule(JenkinsRule r, String name) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
        long begin = System.currentTimeMillis();
        for (int i = 0; i < BUILDS; i++) {
            ParameterizedJobMixIn.scheduleBuild2(
                    job,
                    0,
                    new CauseAction(new Cause.RemoteCause("127.0.0.1", name + "-" + i)),
                    new ParametersAction(new StringParameterValue("id", name + "-" + i)));
        }
        return begin;
    }

    private static Rate await(JenkinsRule r, String name, Long begin) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
        for (int built = 0; built < BUILDS; ) {
            int before = built;
            built = Await.until(() -> job.getNextBuildNumber() - 1, now -> now > before);
        }
        List<Run<?, ?>> runs = new ArrayList<>();
        job.getBuilds().forEach(runs::add);
        runs.forEach(run -> Await.until(run::isLogUpdated, writes -> !writes));
        long started = runs.stream().mapToLong(Run::getStartTimeInMillis).max().orElseThrow();
        long ended = runs.stream().mapToLong(run -> run.getStartTimeInMillis() + run.getDuration()).max().orElseThrow();
        return new Rate(BUILDS * 1e3 / (started - begin), BUILDS * 1e3 / (ended - begin));
    }
}
