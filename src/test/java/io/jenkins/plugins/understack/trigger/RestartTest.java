package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.metrics.SensorFigures;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Events events;

    @AfterEach
    void close() throws Exception {
        if (events != null) {
            events.disconnect();
        }
    }

    @Test
    void triggersGoOnAfterARestartAndMessagesWaitMeanwhile() throws Throwable {
        sessions.then(r -> {
            events = Events.configure();
            WorkflowJob pipeline = r.createProject(WorkflowJob.class, "pipeline");
            pipeline.setDefinition(new CpsFlowDefinition(
                    """
                    properties([pipelineTriggers([onEvent(source: 'openstack-ironic', event: 'openstack')])])
                    if (currentBuild.number > 1) { echo "handled ${eventData().id}" }
                    """,
                    true));
            r.buildAndAssertSuccess(pipeline);
            FreeStyleProject freestyle = r.createFreeStyleProject("freestyle");
            freestyle.addTrigger(new EventTrigger(Events.SOURCE, Events.EVENT));
            freestyle.save();
        });
        events.publish("m-1", "while.jenkins.is.away", "Dell-1");
        sessions.then(r -> {
            WorkflowJob pipeline = r.jenkins.getItemByFullName("pipeline", WorkflowJob.class);
            var run = Await.until(() -> pipeline.getBuildByNumber(2), b -> b != null);
            r.waitForCompletion(run);
            r.assertLogContains("handled m-1", r.assertBuildStatusSuccess(run));
            FreeStyleProject freestyle = r.jenkins.getItemByFullName("freestyle", FreeStyleProject.class);
            var build = Await.until(freestyle::getLastBuild, b -> b != null && !b.isBuilding());
            assertThat(EventCause.of(build).getEventId()).isEqualTo("m-1");
            r.waitUntilNoActivity();
        });
        sessions.then(r -> {
            SensorFigures figures = Understack.get().lastTimes().sensor("freestyle");
            assertThat(figures.lastRun()).isEqualTo("freestyle#1");
            assertThat(figures.lastMatched()).isBefore(figures.lastStarted());
            assertThat(Understack.get().lastTimes().source(Events.SOURCE, null)).isNotNull();
            // The cause and the page of an old build survive.
            var build = r.jenkins.getItemByFullName("freestyle", FreeStyleProject.class).getLastBuild();
            assertThat(EventCause.of(build).getSensor()).isEqualTo("freestyle");
            assertThat(r.createWebClient().getPage(build, "event/").getWebResponse().getContentAsString())
                    .contains("while.jenkins.is.away");
        });
    }
}
