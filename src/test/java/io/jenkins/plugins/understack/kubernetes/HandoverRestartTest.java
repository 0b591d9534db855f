package io.jenkins.plugins.understack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.kubernetes.TestCluster;
import java.util.List;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class HandoverRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatABuildHandedOverBeforeARestartGoesWhenItEnds() throws Throwable {
        sessions.then(r -> {
            KubernetesCloud cloud = new KubernetesCloud("lab");
            cloud.setServerUrl(cluster.url());
            cloud.setNamespace(TestCluster.NAMESPACE);
            r.jenkins.clouds.add(cloud);
            r.jenkins.save();
            KubernetesConfig config = new KubernetesConfig();
            config.setCloud("lab");
            UnderstackConfiguration.get().setKubernetes(config);
            begin(r, "goes-on", "handoverSecret(name: 'creds', data: [key: 'v4lue-1'])\nsemaphore 'goes-on'");
            begin(r, "block", "withHandoverSecret(name: 'block', data: [key: 'v4lue-2']) { semaphore 'block'; echo 'v4lue-' + 2 }");
            begin(r, "deleted", "handoverSecret(name: 'deleted', data: [key: 'v4lue-3'])\nsemaphore 'deleted'");
            assertThat(secrets()).hasSize(3);
        });
        sessions.then(r -> {
            r.jenkins.getItemByFullName("deleted", WorkflowJob.class).delete();
            WorkflowRun goesOn = run(r, "goes-on");
            assertThat(secrets()).extracting(secret -> secret.getMetadata().getName()).anyMatch(name -> name.startsWith("creds-"));
            SemaphoreStep.success("goes-on/1", null);
            SemaphoreStep.success("block/1", null);
            r.assertBuildStatusSuccess(r.waitForCompletion(goesOn));
            WorkflowRun block = run(r, "block");
            r.assertBuildStatusSuccess(r.waitForCompletion(block));
            r.assertLogContains("****", block);
            r.assertLogNotContains("v4lue-2", block);
            Await.until(this::secrets, List::isEmpty);
        });
    }

    private static void begin(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        SemaphoreStep.waitForStart(name + "/1", job.scheduleBuild2(0).waitForStart());
    }

    private static WorkflowRun run(JenkinsRule r, String name) {
        return r.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }

    private List<Secret> secrets() {
        return cluster.operator().secrets().inNamespace(TestCluster.NAMESPACE).list().getItems();
    }
}
