package io.jenkins.plugins.understack.queue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.trigger.EventCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What waits and what runs, through a restart of the controller. */
class TurnRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void buildsWaitInOrderForAPipelineOfBeforeTheRestart() throws Throwable {
        StartRules oneAtATime = new StartRules(".key", null, null, null, null, null, false);
        sessions.then(r -> {
            WorkflowJob job = r.createProject(WorkflowJob.class, "pipeline");
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("id")));
            job.setDefinition(new CpsFlowDefinition("if (params.id != '3') { sleep time: 1, unit: 'HOURS' }", true));
            Gates.sensor("pipeline", null, oneAtATime, Parameter.of("id", "id"));
            Gates.send("1", "a");
            r.waitForMessage("Sleeping for", Await.until(() -> job.getBuildByNumber(1), b -> b != null));
            Gates.send("2", "a");
            Gates.send("3", "a");
            r.jenkins.getQueue().maintain();
            assertThat(r.jenkins.getQueue().getItems()).hasSize(2);
        });
        sessions.then(r -> {
            WorkflowJob job = r.jenkins.getItemByFullName("pipeline", WorkflowJob.class);
            // The order of the session's start and of what the queue does meanwhile is Jenkins' own: look as long as it takes.
            Await.until(
                    () -> {
                        r.jenkins.getQueue().maintain();
                        return Arrays.stream(r.jenkins.getQueue().getItems()).map(Queue.Item::getWhy).toList();
                    },
                    whys -> whys.equals(Collections.nCopies(2, "Waits for the build of an earlier event with the same key")));
            assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
            job.getBuildByNumber(1).doStop();
            WorkflowRun second = Await.until(() -> job.getBuildByNumber(2), b -> b != null);
            r.waitForMessage("Sleeping for", second);
            assertThat(EventCause.of(second).getEventId()).isEqualTo("2");
            r.jenkins.getQueue().maintain();
            assertThat(r.jenkins.getQueue().getItems()).hasSize(1);
            second.doStop();
            WorkflowRun third = Await.until(() -> job.getBuildByNumber(3), b -> b != null);
            r.assertBuildStatusSuccess(r.waitForCompletion(third));
        });
    }

    @Test
    void heldBuildsAndCountsAreKept() throws Throwable {
        StartRules limited = new StartRules(null, null, new Limit(1, Duration.ofHours(1), ".key"), null, null, null, false);
        sessions.then(r -> {
            var job = r.createFreeStyleProject("job");
            Gates.sensor("job", null, limited);
            Gates.send("1", "a");
            Gates.send("2", "a");
            // On disk, too.
            Await.until(job::getLastBuild, build -> build != null && !build.isLogUpdated());
        });
        sessions.then(r -> {
            Gates.sensor("job", null, limited);
            Gates.send("3", "a");
            r.jenkins.getQueue().maintain();
            assertThat(r.jenkins.getQueue().getItems())
                    .hasSize(2)
                    .extracting(Queue.Item::getWhy)
                    .containsOnly("Waits for approval (more than 1 in 1h); see Manage Jenkins, UnderStack events");
            assertThat(r.jenkins.getItem("job").getAllJobs().iterator().next().getLastBuild().getNumber()).isEqualTo(1);
        });
    }
}
