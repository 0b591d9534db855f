package io.jenkins.plugins.understack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.fabric8.kubernetes.api.model.Secret;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.kubernetes.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** S29 of the scenarios outside of pods: in the cluster of the configuration. Agents in pods, and the Roles of {@code deploy/}: PodAgentTest. */
@WithJenkins
class HandoverStepsTest {
    private static final String PASSWORD = "s3cr3t-v4lue";
    /** The password is not in the text of the Pipeline. */
    private static final String DATA = "[username: 'root', password: 's3cr3t_v4lue'.replace('_', '-')]";

    private final TestCluster cluster = new TestCluster();
    private JenkinsRule r;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        KubernetesCloud cloud = new KubernetesCloud("lab");
        cloud.setServerUrl(cluster.url());
        cloud.setNamespace(TestCluster.NAMESPACE);
        r.jenkins.clouds.add(cloud);
        KubernetesConfig config = new KubernetesConfig();
        config.setCloud("lab");
        UnderstackConfiguration.get().setKubernetes(config);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void valuesAreInTheClusterOnlyAndGoWithTheBuild() throws Exception {
        scripted();
        declarative();
        aborted();
        failedWhileTheClusterIsAway();
        persistedAndByCredential();
    }

    private void scripted() throws Exception {
        WorkflowRun run = begin(
                """
                def name = handoverSecret(name: 'creds', data: %s)
                handoverSecret(name: 'creds', data: %s)
                echo "creds are in $name"
                semaphore 'scripted'
                """
                        .formatted(DATA, DATA));
        SemaphoreStep.waitForStart("scripted/1", run);
        assertThat(cluster.takeRights())
                .containsExactly(
                        "configmaps get", "configmaps create", "secrets get", "secrets create",
                        "configmaps get", "secrets get", "secrets patch");
        List<Secret> secrets = secrets();
        assertThat(secrets).hasSize(1);
        Secret secret = secrets.get(0);
        assertThat(password(secret)).isEqualTo(PASSWORD);
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(secret.getMetadata().getOwnerReferences().get(0).getKind()).isEqualTo("ConfigMap");
        // The program of the running Pipeline is on disk now, too.
        assertNowhere(run);
        HandoverRemoval.get().execute(TaskListener.NULL);
        assertThat(secrets()).hasSize(1);
        SemaphoreStep.success("scripted/1", null);
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("creds are in " + secret.getMetadata().getName(), run);
        awaitNothingLeft();
        assertNowhere(run);
    }

    private void declarative() throws Exception {
        WorkflowRun run = begin(
                """
                pipeline {
                    agent none
                    stages {
                        stage('one') {
                            steps {
                                withHandoverSecret(name: 'creds', data: %s) {
                                    echo "in $HANDOVER_SECRET"
                                    echo 's3cr3t_v4lue'.replace('_', '-')
                                    semaphore 'declarative'
                                }
                                semaphore 'after'
                                handoverSecret(name: 'creds', data: %s)
                            }
                        }
                    }
                }
                """
                        .formatted(DATA, DATA));
        SemaphoreStep.waitForStart("declarative/1", run);
        String name = secrets().get(0).getMetadata().getName();
        SemaphoreStep.success("declarative/1", null);
        SemaphoreStep.waitForStart("after/1", run);
        assertThat(secrets()).isEmpty();
        SemaphoreStep.success("after/1", null);
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("in " + name, run);
        // A Pipeline that prints a value itself has it recorded by echo, but not in the log.
        r.assertLogContains("****", run);
        r.assertLogNotContains(PASSWORD, run);
        awaitNothingLeft();
    }

    private void aborted() throws Exception {
        WorkflowRun run = begin("withHandoverSecret(name: 'creds', data: %s) { semaphore 'aborted' }".formatted(DATA));
        SemaphoreStep.waitForStart("aborted/1", run);
        assertThat(secrets()).hasSize(1);
        run.getExecutor().interrupt();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        awaitNothingLeft();
        assertNowhere(run);
    }

    private void failedWhileTheClusterIsAway() throws Exception {
        cluster.forbid("secrets delete");
        WorkflowRun run = begin("handoverSecret(name: 'creds', data: %s)\nerror 'broken'".formatted(DATA));
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(run));
        Await.until(cluster::takeRights, rights -> rights.contains("secrets delete"));
        assertThat(secrets()).hasSize(1);
        cluster.allowAll();
        HandoverRemoval.get().doRun();
        awaitNothingLeft();
    }

    private void persistedAndByCredential() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "bmc", null, "root", PASSWORD));
        WorkflowRun run = r.waitForCompletion(begin(
                "echo handoverSecret(name: 'site', credentials: 'bmc', persist: true)"));
        r.assertBuildStatusSuccess(run);
        assertThat(secrets()).extracting(secret -> secret.getMetadata().getName()).containsExactly("site");
        assertThat(password(secrets().get(0))).isEqualTo(PASSWORD);
        assertThat(secrets().get(0).getMetadata().getOwnerReferences()).isEmpty();
        assertNowhere(run);
    }

    @Test
    void whatCannotBeDoneSaysWhyAndNeverAValue() throws Exception {
        failure("handoverSecret 'creds'", "neither data nor credentials are given");
        failure("handoverSecret(name: 'creds')", "neither data nor credentials are given");
        failure("handoverSecret(name: 'creds', credentials: 'none')", "may use no username with password with the id \"none\"");
        failure("handoverSecret(name: 'Creds', data: %s)".formatted(DATA), "\"Creds\" makes no name of a Secret");
        failure("handoverSecret(name: 'creds', data: ['a b': 'x'])", "handoverSecret: data: \"a b\" is no key of a Secret");
        failure("handoverSecret(name: 'creds', data: %s, scope: 'pod')".formatted(DATA), "scope: \"pod\" needs an agent in a pod");
        failure("handoverSecret(name: 'creds', data: %s, scope: 'x')".formatted(DATA), "scope: \"x\" is unknown");
        cluster.forbid("secrets create");
        failure(
                "handoverSecret(name: 'creds', data: %s)".formatted(DATA),
                "the right \"secrets create\" is missing for system:serviceaccount:understack:jenkins");
        cluster.allowAll();
        // Called past the variable, Pipeline has recorded the values before the step is asked.
        failure("steps.handoverSecret(name: 'creds', data: %s)".formatted(DATA), "neither steps.handoverSecret(…) nor step(…)");
        UnderstackConfiguration.get().setKubernetes(null);
        failure("handoverSecret(name: 'creds', data: %s)".formatted(DATA), "no cluster is configured");
        KubernetesConfig gone = new KubernetesConfig();
        gone.setCloud("gone");
        gone.setNamespace("x");
        UnderstackConfiguration.get().setKubernetes(gone);
        failure("handoverSecret(name: 'creds', data: %s)".formatted(DATA), "there is no cloud \"gone\" of the Kubernetes plugin");

        theControllersOwnCluster();
        formsAndSnippetsKeepEveryField();
    }

    /** As fabric8 finds it: by a service account, a kubeconfig, or here system properties. */
    private void theControllersOwnCluster() throws Exception {
        KubernetesConfig own = new KubernetesConfig();
        own.setNamespace(TestCluster.NAMESPACE);
        UnderstackConfiguration.get().setKubernetes(own);
        System.setProperty("kubernetes.master", cluster.url());
        System.setProperty("kubernetes.auth.tryKubeConfig", "false");
        try {
            cluster.takeRequests();
            r.assertBuildStatusSuccess(r.waitForCompletion(begin("handoverSecret(name: 'creds', data: %s)".formatted(DATA))));
            assertThat(cluster.takeRights()).contains("secrets create");
            awaitNothingLeft();
        } finally {
            System.clearProperty("kubernetes.master");
            System.clearProperty("kubernetes.auth.tryKubeConfig");
            Clusters.close();
        }
        r.configRoundtrip();
        assertThat(UnderstackConfiguration.get().getKubernetes().getCloud()).isNull();
        assertThat(UnderstackConfiguration.get().getKubernetes().getNamespace()).isEqualTo(TestCluster.NAMESPACE);
    }

    private void formsAndSnippetsKeepEveryField() throws Exception {
        HandoverSecretStep step = new HandoverSecretStep("creds");
        step.setCredentials("bmc");
        step.setScope("build");
        step.setPersist(true);
        step.setNamespace("ns");
        step.setData("a: b");
        r.assertEqualDataBoundBeans(step, new StepConfigTester(r).configRoundTrip(step));
        WithHandoverSecretStep block = new WithHandoverSecretStep("creds");
        block.setCredentials("bmc");
        block.setVariable("SECRET_NAME");
        block.setNamespace("ns");
        r.assertEqualDataBoundBeans(block, new StepConfigTester(r).configRoundTrip(block));
        SnippetizerTester snippets = new SnippetizerTester(r);
        snippets.assertRoundTrip(
                step, "handoverSecret credentials: 'bmc', data: 'a: b', name: 'creds', namespace: 'ns', persist: true, scope: 'build'");
        snippets.assertRoundTrip(new HandoverSecretStep("creds"), "handoverSecret 'creds'");
        snippets.assertRoundTrip(
                block, "withHandoverSecret(credentials: 'bmc', name: 'creds', namespace: 'ns', variable: 'SECRET_NAME') {\n    // some block\n}");
    }

    private void failure(String script, String message) throws Exception {
        WorkflowRun run = r.waitForCompletion(begin(script));
        r.assertBuildStatus(Result.FAILURE, run);
        r.assertLogContains(message, run);
        r.assertLogNotContains("\tat ", run);
        assertNowhere(run);
    }

    /** Everything is written at each step, as by default. */
    private WorkflowRun begin(String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.MAX_SURVIVABILITY));
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void assertNowhere(Run<?, ?> run) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(r.jenkins.getRootDir().toPath().resolve("jobs").resolve(run.getParent().getName()))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).anyMatch(file -> file.toString().contains("workflow"));
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(PASSWORD, base64);
            }
        }
        Path records = r.jenkins.getRootDir().toPath().resolve("understack/hand-over-secrets.xml");
        assertThat(Files.exists(records) ? Files.readString(records) : "").doesNotContain(PASSWORD, base64);
    }

    private List<Secret> secrets() {
        return cluster.operator().secrets().inNamespace(TestCluster.NAMESPACE).list().getItems();
    }

    private static String password(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8);
    }

    private void awaitNothingLeft() {
        Await.until(this::secrets, List::isEmpty);
        Await.until(
                () -> cluster.operator().configMaps().inNamespace(TestCluster.NAMESPACE).list().getItems(),
                List::isEmpty);
        cluster.takeRequests();
    }
}
