package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.FilterConfig;
import io.jenkins.plugins.understack.config.ParameterConfig;
import io.jenkins.plugins.understack.core.broker.Await;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EventTriggerTest {
    private static final String NAME = "body.payload.ironic_object\\.data.name";

    @Test
    void aMessageStartsABuildWithParametersAndItsCause(JenkinsRule r) throws Exception {
        try (Events events = Events.configure()) {
            FreeStyleProject job = freestyle(r, "sync");
            job.addTrigger(trigger());
            job.getTriggers().values().forEach(t -> start(t, job));

            events.publish("m-0", "baremetal.port.create.end", "Dell-1");
            events.publish("m-1", "baremetal.node.provision_set.end", "Dell-2");

            FreeStyleBuild build = Await.until(job::getLastBuild, b -> b != null);
            r.assertBuildStatusSuccess(r.waitForCompletion(build));
            assertThat(build.getNumber()).isEqualTo(1);
            assertThat(build.getAction(ParametersAction.class).getParameter("hostname").getValue()).isEqualTo("Dell-2");
            assertThat(build.getAction(ParametersAction.class).getParameter("other").getValue()).isEqualTo("default");
            EventCause cause = EventCause.of(build);
            assertThat(cause.getShortDescription())
                    .isEqualTo("Started by event baremetal.node.provision_set.end (m-1) of openstack-ironic, sensor sync");
            // The data are beside the build, not in its record.
            assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml"))).doesNotContain("ironic_object");
            assertThat(EventFiles.ofRun(build).data().path("body").path("message_id").asText()).isEqualTo("m-1");
        }
    }

    @Test
    void declarativePipeline(JenkinsRule r) throws Exception {
        try (Events events = Events.configure()) {
            WorkflowJob job = pipeline(
                    r,
                    """
                    pipeline {
                      agent none
                      parameters { string(name: 'hostname', defaultValue: 'nobody') }
                      triggers {
                        onEvent(source: 'openstack-ironic', event: 'openstack',
                            filters: [[path: 'body.event_type', comparator: 'find', value: ['node\\\\.provision']]],
                            parameters: [[name: 'hostname', path: 'body.payload.ironic_object\\\\.data.name']])
                      }
                      stages { stage('s') { steps { script {
                        if (env.BUILD_NUMBER != '1') {
                          def event = eventData()
                          echo "${event.type} of ${event.source}/${event.subject}: ${event.data.body.message_id} ${params.hostname}"
                        }
                      } } } }
                    }
                    """);
            events.publish("m-1", "baremetal.node.provision_set.end", "Dell-1");

            WorkflowRun run = awaitBuild(r, job, 2);

            r.assertLogContains("baremetal.node.provision_set.end of openstack-ironic/openstack: m-1 Dell-1", run);
            r.assertLogContains("Started by event baremetal.node.provision_set.end (m-1)", run);
        }
    }

    @Test
    void scriptedPipelineWithPropertiesLosesNoEvent(JenkinsRule r) throws Exception {
        try (Events events = Events.configure()) {
            WorkflowJob job = pipeline(
                    r,
                    """
                    properties([pipelineTriggers([onEvent(source: 'openstack-ironic', event: 'openstack')])])
                    """);
            for (int i = 0; i < 20; i++) {
                events.publish("m-" + i, "x", "Dell-1");
            }
            awaitBuild(r, job, 21);
        }
    }

    @Test
    void twoHundredEqualMessagesAreTwoHundredBuilds(JenkinsRule r) throws Exception {
        try (Events events = Events.configure()) {
            FreeStyleProject job = freestyle(r, "sync");
            job.setQuietPeriod(5);
            job.setConcurrentBuild(false);
            job.addTrigger(trigger());
            job.getTriggers().values().forEach(t -> start(t, job));
            for (int i = 0; i < 200; i++) {
                events.publish("m-" + i, "baremetal.node.provision_set.end", "Dell-1");
            }

            // The number is given out before the build is in the list, so the build itself is waited for.
            Await.until(job::getLastBuild, build -> build != null && build.getNumber() == 200 && !build.isBuilding());

            Set<String> ids = new HashSet<>();
            job.getBuilds().forEach(build -> ids.add(EventCause.of(build).getEventId()));
            assertThat(job.getBuilds()).hasSize(200);
            assertThat(ids).hasSize(200);
        }
    }

    @Test
    void anEventThatComesAgainIsNotQueuedTwice(JenkinsRule r) throws Exception {
        r.jenkins.setNumExecutors(0);
        FreeStyleProject job = freestyle(r, "sync");
        job.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
        job.getTriggers().values().forEach(t -> start(t, job));

        Events.send("m-1", "{}");
        Events.send("m-1", "{}");
        Events.send("m-2", "{}");

        assertThat(r.jenkins.getQueue().getItems(job)).hasSize(2);
        assertThat(Understack.get().inbox().reader().eventCount()).isEqualTo(2);
    }

    @Test
    void aTriggerThatWasRemovedByAnUpdateOfTheXmlStartsNothing(JenkinsRule r) throws Exception {
        FreeStyleProject job = freestyle(r, "sync");
        job.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
        job.getTriggers().values().forEach(t -> start(t, job));
        String xml = job.getConfigFile().asString().replaceAll("(?s)<triggers>.*</triggers>", "<triggers/>");

        job.updateByXml((javax.xml.transform.Source) new javax.xml.transform.stream.StreamSource(new java.io.StringReader(xml)));
        Events.send("m-1", "{}");
        r.waitUntilNoActivity();

        assertThat(job.getLastBuild()).isNull();
        assertThat(sensors()).isEmpty();
    }

    @Test
    void aSecondTriggerOfOneJobIsSaid(JenkinsRule r) throws Exception {
        try (var log = new org.jvnet.hudson.test.LogRecorder().record(TriggerSensors.class, java.util.logging.Level.WARNING).capture(5)) {
            pipeline(r, "properties([pipelineTriggers([onEvent(source: 'a', event: 'one'), onEvent(source: 'a', event: 'two')])])");
            assertThat(log.getMessages()).anySatisfy(m -> assertThat(m).contains("has several onEvent triggers"));
        }
    }

    @Test
    void sensorsFollowTheirJob(JenkinsRule r) throws Exception {
        FreeStyleProject job = freestyle(r, "old");
        job.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
        job.getTriggers().values().forEach(t -> start(t, job));
        assertThat(sensors()).containsExactly("old");

        job.renameTo("new");
        assertThat(sensors()).containsExactly("new");
        Events.send("m-1", "{}");
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNotNull();

        job.delete();
        assertThat(sensors()).isEmpty();
    }

    @Test
    void theFormKeepsEverything(JenkinsRule r) throws Exception {
        FreeStyleProject job = freestyle(r, "sync");
        EventTrigger trigger = trigger();
        trigger.setTransform(".body");
        job.addTrigger(trigger);

        r.configRoundtrip(job);

        EventTrigger after = job.getTrigger(EventTrigger.class);
        assertThat(after).isNotSameAs(trigger);
        assertThat(after.toCore(job)).isEqualTo(trigger.toCore(job));
        assertThat(sensors()).containsExactly("sync");
    }

    /** As the first release saved it, without the fields that came later. */
    @Test
    void whatWasSavedBeforeMeansWhatItMeant(JenkinsRule r) throws Exception {
        String xml =
                """
                <project>
                  <triggers>
                    <io.jenkins.plugins.understack.trigger.EventTrigger>
                      <spec></spec>
                      <source>openstack-ironic</source>
                      <event>openstack</event>
                      <parameters>
                        <io.jenkins.plugins.understack.config.ParameterConfig>
                          <name>hostname</name>
                          <path>body.name</path>
                        </io.jenkins.plugins.understack.config.ParameterConfig>
                      </parameters>
                    </io.jenkins.plugins.understack.trigger.EventTrigger>
                  </triggers>
                </project>
                """;
        FreeStyleProject job = (FreeStyleProject)
                r.jenkins.createProjectFromXML("old", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        EventTrigger before = job.getTrigger(EventTrigger.class);

        assertThat(before.getFilters()).isEmpty();
        assertThat(before.getParameters()).singleElement().matches(ParameterConfig::isRequired);
        EventTrigger expected = new EventTrigger(Events.SOURCE, Events.EVENT);
        ParameterConfig hostname = new ParameterConfig("hostname");
        hostname.setPath("body.name");
        expected.setParameters(List.of(hostname));
        assertThat(before.toCore(job)).isEqualTo(expected.toCore(job));
        assertThat(sensors()).containsExactly("old");
        r.configRoundtrip(job);
        assertThat(job.getTrigger(EventTrigger.class).toCore(job)).isEqualTo(expected.toCore(job));
    }

    @Test
    void aTriggerThatCannotWorkIsSaidAndStartsNothing(JenkinsRule r) throws Exception {
        FreeStyleProject job = freestyle(r, "sync");
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        FilterConfig filter = Filters.of("body.x", List.of("("));
        filter.setComparator("matches");
        trigger.setFilters(List.of(filter));
        try (var log = new org.jvnet.hudson.test.LogRecorder().record(TriggerSensors.class, java.util.logging.Level.WARNING).capture(5)) {
            start(trigger, job);
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .startsWith("job \"sync\" will not be started by events: onEvent: filters[0].value[0]: \"(\" is no RE2");
        }
        assertThat(sensors()).isEmpty();
    }

    private static List<String> sensors() {
        return Understack.get().sensors().all().stream().map(p -> p.sensor().name()).toList();
    }

    private static EventTrigger trigger() {
        EventTrigger trigger = new EventTrigger(Events.SOURCE, Events.EVENT);
        trigger.setFilters(List.of(Filters.of(
                "body.event_type", List.of("baremetal.node.provision_set.end", "baremetal.node.update.end"))));
        ParameterConfig hostname = new ParameterConfig("hostname");
        hostname.setPath(NAME);
        trigger.setParameters(List.of(hostname));
        return trigger;
    }

    /** What Jenkins does when a job is saved by its form. */
    @SuppressWarnings("unchecked")
    private static void start(hudson.triggers.Trigger<?> trigger, FreeStyleProject job) {
        ((hudson.triggers.Trigger<FreeStyleProject>) (hudson.triggers.Trigger<?>) trigger).start(job, true);
    }

    private static FreeStyleProject freestyle(JenkinsRule r, String name) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("hostname", "nobody"), new StringParameterDefinition("other", "default")));
        return job;
    }

    private static WorkflowJob pipeline(JenkinsRule r, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(script, true));
        r.buildAndAssertSuccess(job);
        return job;
    }

    private static WorkflowRun awaitBuild(JenkinsRule r, WorkflowJob job, int number) throws Exception {
        WorkflowRun run = Await.until(() -> job.getBuildByNumber(number), b -> b != null);
        r.waitForCompletion(run);
        return r.assertBuildStatusSuccess(run);
    }
}
