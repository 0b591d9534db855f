package io.jenkins.plugins.understack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.metrics.MeterExport;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

class WithoutKubernetesPluginTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins("kubernetes", "kubernetes-credentials", "metrics");

    @Test
    void theStepsSayWhatIsMissingAndAllElseWorks() throws Throwable {
        jenkins.then(WithoutKubernetesPluginTest::check);
    }

    private static void check(JenkinsRule r) throws Throwable {
        assertThat(r.jenkins.getPluginManager().getPlugin("kubernetes")).isNull();
        assertThat(r.jenkins.getExtensionList(PodClouds.class)).isEmpty();
        assertThat(r.jenkins.getPluginManager().getPlugin("metrics")).isNull();
        assertThat(MeterExport.all()).isEmpty();
        Await.until(() -> Understack.get().isCompared(), compared -> compared);
        assertThat(Understack.get().problem()).isNull();
        KubernetesConfig config = new KubernetesConfig();
        config.setCloud("lab");
        UnderstackConfiguration.get().setKubernetes(config);
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("handoverSecret(name: 'creds', data: [key: 'x'])", true));
        r.assertLogContains(
                "cloud \"lab\" cannot be used, because the Kubernetes plugin is not installed", r.buildAndAssertStatus(Result.FAILURE, job));
    }
}
