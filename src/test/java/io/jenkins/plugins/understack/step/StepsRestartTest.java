package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class StepsRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** What reads is asked again; of what writes nobody knows what became of it, so the build fails and says so. */
    @Test
    void queriesSurviveARestartOfTheController() throws Throwable {
        try (NautobotSimulator nautobot = NautobotSimulator.start("token")) {
            nautobot.device("server-1", Map.of("serial", "S-1"));
            sessions.then(r -> {
                Events.secretText("nautobot-token", "token");
                UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
                start(r, nautobot, "reads", "echo \"serial ${getDevice(hostname: 'server-1').serial}\"");
                start(r, nautobot, "writes", "nautobotQuery(method: 'POST', uri: '/dcim/devices/', body: [name: 'x'])");
            });
            sessions.then(r -> {
                r.assertLogContains("serial S-1", r.assertBuildStatusSuccess(ended(r, "reads")));
                r.assertBuildStatus(Result.FAILURE, ended(r, "writes"));
            });
            assertThat(nautobot.requests())
                    .containsExactlyInAnyOrder(
                            "GET /api/dcim/devices/?name=server-1",
                            "POST /api/dcim/devices/",
                            "GET /api/dcim/devices/?name=server-1");
        }
    }

    private static void start(JenkinsRule r, NautobotSimulator nautobot, String name, String script) throws Exception {
        int before = nautobot.requests().size();
        nautobot.faults().hang();
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
        Await.until(() -> nautobot.requests().size(), count -> count > before);
    }

    private static WorkflowRun ended(JenkinsRule r, String name) throws Exception {
        return r.waitForCompletion(r.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild());
    }
}
