package io.jenkins.plugins.understack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.kubernetes.TestCluster;
import io.jenkins.plugins.understack.credentials.KubernetesSecretProvider;
import io.jenkins.plugins.understack.jobs.WorkflowJobs;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.csanchez.jenkins.plugins.kubernetes.ContainerTemplate;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesComputer;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * S29 of the scenarios on agents of the Kubernetes plugin itself, whose pods are processes here; a job of the workflows in a pod; and the
 * rights in {@code deploy/}: each is used, and no other is needed. Errors and builds that fail: HandoverSecretsTest, HandoverStepsTest.
 */
@WithJenkins
class PodAgentTest {
    private static final String PASSWORD = "s3cr3t-v4lue";
    private static final String BASE64 = "czNjcjN0LXY0bHVl";

    private static final String ONE =
            """
            def refused(Closure body) {
                try {
                    body()
                } catch (e) {
                    echo "refused: ${e.message}"
                }
            }
            podTemplate(yaml: 'spec: {serviceAccountName: workflow-obm}') {
                node(POD_LABEL) {
                    def name = handoverSecret(name: 'creds', data: [username: 'root', password: 's3cr3t_v4lue'.replace('_', '-')])
                    echo "in ${name}."
                    handoverSecret(name: 'creds', data: [username: 'root', password: 's3cr3t_v4lue'.replace('_', '-')])
                    handoverSecret(name: 'other', scope: 'build', data: [key: 'x'])
                    semaphore 'handed'
                    withEnv(['KUBERNETES_POD_UID=another']) {
                        refused { handoverSecret(name: 'creds', data: [key: 'x']) }
                    }
                    semaphore 'refused'
                    refused { handoverSecret(name: 'creds', data: [key: 'x']) }
                    semaphore 'patched'
                }
            }
            semaphore 'gone'
            """;
    private static final String TWO =
            """
            podTemplate(yaml: \"""
            spec:
              containers:
                - name: jnlp
                  env:
                    - name: KUBERNETES_POD_UID
                      valueFrom: {fieldRef: {fieldPath: metadata.uid}}
                  volumeMounts:
                    - {name: creds, mountPath: '%s'}
              volumes:
                - name: creds
                  secret: {secretName: '${params.CREDS}'}
            \""") {
                node(POD_LABEL) {
                    def password = readFile('%s/password')
                    echo "mounted ${password.length()} characters, equal: ${password == 's3cr3t_v4lue'.replace('_', '-')}"
                    def own = handoverSecret(name: 'own', data: [key: 'x'])
                    echo "own uid: ${own == 'own-' + env.KUBERNETES_POD_UID}"
                    def refused = { body -> try { body() } catch (e) { echo "refused: ${e.message}" } }
                    refused { handoverSecret(name: 'creds', data: [key: 'x'], namespace: 'elsewhere', scope: 'pod') }

                    def bmc = getObmCreds(hostname: 'Server-2')
                    echo "reference ${bmc}, again the same: ${getObmCreds(hostname: 'Server-2') == bmc}"
                    withObmCreds(credentials: bmc) { echo "${env.OBM_USERNAME} has ${env.OBM_PASSWORD}, ${env.OBM_PASSWORD.length()}" }
                    withObmCreds(hostname: 'Server-2') { echo "directly ${env.OBM_PASSWORD}" }
                    refused { withObmCreds(credentials: 'bmc-server-2') { } }
                    refused { getObmCreds(hostname: 'H2') }
                    containerLog name: 'jnlp', returnLog: true
                }
            }
            """;

    private final TestCluster cluster = new TestCluster();
    private final Set<String> used = new TreeSet<>();
    private final KubernetesCloud cloud = new KubernetesCloud("kubernetes");

    @TempDir
    private Path temp;

    private JenkinsRule r;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void stagesHandOverAndWorkflowsRunInPodsWithTheRightsOfTheManifests(JenkinsRule rule) throws Throwable {
        r = rule;
        Path agentJar = temp.resolve("agent.jar");
        try (InputStream jar = r.getURL().toURI().resolve("jnlpJars/agent.jar").toURL().openStream()) {
            Files.copy(jar, agentJar);
        }
        try (cluster;
                Kubelet kubelet = new Kubelet(cluster, agentJar, temp)) {
            kubelet.during(() -> {
                configure();
                oneStageHandsOverToTheNext();
                aWorkflowRunsInThePodThatTheSiteWants(kubelet);
                Await.until(this::pods, List::isEmpty);
                Await.until(() -> cluster.operator().configMaps().inNamespace(TestCluster.NAMESPACE).list().getItems(), List::isEmpty);
                Await.until(this::secrets, List.of("bmc-server-2")::equals);
                used.addAll(cluster.takeRights());
                Roles.assertThatNeededAre(used);
                valuesAreNowhere();
            });
        }
    }

    private void configure() throws Exception {
        cloud.setServerUrl(cluster.url());
        cloud.setNamespace(TestCluster.NAMESPACE);
        cloud.setJenkinsUrl(r.getURL().toString());
        cloud.setWebSocket(true);
        r.jenkins.clouds.add(cloud);
        KubernetesConfig kubernetes = new KubernetesConfig();
        kubernetes.setCloud("kubernetes");
        UnderstackConfiguration.get().setKubernetes(kubernetes);
        ObmConfig obm = new ObmConfig();
        obm.setProviders(List.of(new ObmRuleConfig(new KubernetesSecretProvider("bmc-{name}"))));
        UnderstackConfiguration.get().setObm(obm);
        // As kubectl makes it from a file: with a line end.
        cluster.operator().secrets().inNamespace(TestCluster.NAMESPACE)
                .resource(new SecretBuilder()
                        .withNewMetadata().withName("bmc-server-2").endMetadata()
                        .addToData("password", "czNjcjN0LXY0bHVlCg==")
                        .addToData("username", "cm9vdA==")
                        .build())
                .create();
    }

    private void oneStageHandsOverToTheNext() throws Exception {
        WorkflowRun one = job("one", ONE).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("handed/1", one);
        Pod pod = pods().get(0);
        String name = "creds-" + pod.getMetadata().getUid();
        r.assertLogContains("in " + name + ".", one);
        theSecretIsThatOf(pod, cluster.operator().secrets().inNamespace(TestCluster.NAMESPACE).withName(name).get());
        List<String> rights = cluster.takeRights();
        used.addAll(rights);
        assertThat(rights).filteredOn(right -> right.startsWith("secrets"))
                .containsExactly("secrets get", "secrets create", "secrets get", "secrets patch", "secrets get", "secrets create");
        // The page of the agent.
        assertThat(((KubernetesComputer) r.jenkins.getComputer(pod.getMetadata().getName())).getPodEvents()).isEmpty();

        theNextReads(name);

        Await.until(this::pods, left -> left.size() == 1);
        // The environment of a step is not that of its pod, which is asked for.
        cluster.forbid("pods get");
        SemaphoreStep.success("handed/1", null);
        SemaphoreStep.waitForStart("refused/1", one);
        r.assertLogContains("the right \"pods get\" is missing for " + TestCluster.USER, one);
        cluster.allowAll();
        cluster.forbid("secrets patch");
        SemaphoreStep.success("refused/1", null);
        SemaphoreStep.waitForStart("patched/1", one);
        cluster.allowAll();
        r.assertLogContains("the right \"secrets patch\" is missing for " + TestCluster.USER, one);
        SemaphoreStep.success("patched/1", null);
        SemaphoreStep.waitForStart("gone/1", one);
        Await.until(this::secrets, left -> left.size() == 2 && left.get(1).startsWith("other-"));
        SemaphoreStep.success("gone/1", null);
        r.assertBuildStatusSuccess(r.waitForCompletion(one));
    }

    private void theSecretIsThatOf(Pod pod, Secret secret) {
        assertThat(secret.getMetadata().getOwnerReferences()).containsExactly(
                new OwnerReference("v1", true, true, "Pod", pod.getMetadata().getName(), pod.getMetadata().getUid()));
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getData()).containsExactlyInAnyOrderEntriesOf(Map.of("username", "cm9vdA==", "password", BASE64));
    }

    /** Another build, which gets the name as its parameter. */
    private void theNextReads(String name) throws Exception {
        WorkflowJob job = job("two", TWO.formatted(temp.resolve("mounted"), temp.resolve("mounted")));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CREDS")));
        WorkflowRun two = r.assertBuildStatusSuccess(job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("CREDS", name))));
        r.assertLogContains("mounted 12 characters, equal: true", two);
        r.assertLogContains("own uid: true", two);
        r.assertLogContains("refused: scope: \"pod\" needs an agent in a pod of namespace \"elsewhere\"", two);
        assertThat(Files.readString(two.getRootDir().toPath().resolve("build.xml"))).contains("<value>" + name + "</value>");

        assertThat(two.getLog(1000)).anyMatch(line -> line.matches("reference obm-[0-9a-f]{8}-.+, again the same: true"));
        r.assertLogContains("root has ****, 12", two);
        r.assertLogContains("directly ****", two);
        r.assertLogContains("refused: withObmCreds: credentials: \"bmc-server-2\": kubernetes: Secret \"bmc-server-2\" in namespace", two);
        r.assertLogContains("refused: getObmCreds: device H2: no credential. Of the 1 rules in obm.providers 1 is for it, and none has one", two);
    }

    /** A job as the plugin makes it: all of it in pods, the log-in of the BMC from a Secret of the site. */
    private void aWorkflowRunsInThePodThatTheSiteWants(Kubelet kubelet) throws Exception {
        try (NautobotSimulator nautobot = NautobotSimulator.start("token");
                BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC)) {
            nautobot.device("server-2", Map.of());
            nautobot.address("server-2", "iDRAC", bmc.url());
            Events.secretText("nautobot-token", "token");
            UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
            WorkflowJobs.make(new WorkflowJobs.Settings("", true, 30, 10));

            syncCreds();
            assertThat(bmc.accepts("root", PASSWORD)).isTrue();
            assertPod(kubelet.last(), "workflow-obm", "512Mi", "jenkins/inbound-agent");

            ContainerTemplate agent = new ContainerTemplate("jnlp", "registry.example.com/agent:1");
            agent.setResourceLimitMemory("2Gi");
            PodTemplate site = new PodTemplate();
            site.setName("obm-sync-creds");
            site.setServiceAccount("site-obm");
            site.setContainers(List.of(agent));
            cloud.addTemplate(site);
            syncCreds();
            assertPod(kubelet.last(), "site-obm", "2Gi", "registry.example.com/agent:1");
            UnderstackConfiguration.get().setNautobot(null);
        }
    }

    private void syncCreds() throws Exception {
        WorkflowJob job = r.jenkins.getItemByFullName("obm-sync-creds", WorkflowJob.class);
        r.assertBuildStatusSuccess(job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("hostname", "server-2"))));
    }

    private static void assertPod(Pod pod, String serviceAccount, String memory, String image) {
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo(serviceAccount);
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(agent -> {
            assertThat(agent.getImage()).startsWith(image);
            assertThat(agent.getResources().getLimits()).isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity(memory)));
        });
    }

    private void valuesAreNowhere() throws Exception {
        try (Stream<Path> files = Files.walk(r.jenkins.getRootDir().toPath().resolve("jobs"))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).filteredOn(file -> file.endsWith("build.xml")).hasSize(4);
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(PASSWORD, BASE64);
            }
        }
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private List<Pod> pods() {
        return cluster.operator().pods().inNamespace(TestCluster.NAMESPACE).list().getItems();
    }

    private List<String> secrets() {
        return cluster.operator().secrets().inNamespace(TestCluster.NAMESPACE).list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .sorted()
                .toList();
    }
}
