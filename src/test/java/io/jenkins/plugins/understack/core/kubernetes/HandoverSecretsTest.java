package io.jenkins.plugins.understack.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S29 of the scenarios, against fabric8's mock server in CRUD mode. */
class HandoverSecretsTest {
    private static final BuildIdentity BUILD = new BuildIdentity("c1", "site/enroll", "7");
    private static final SecretData DATA = SecretData.of(Map.of("username", "root", "password", "s3cr3t-v4lue"));

    private final TestCluster cluster = new TestCluster();
    private final HandoverSecrets secrets = secrets(BUILD);
    private final Owners owners = new Owners(cluster.client(), TestCluster.NAMESPACE, BUILD);

    @AfterEach
    void close() {
        cluster.close();
    }

    private HandoverSecrets secrets(BuildIdentity build) {
        return new HandoverSecrets(cluster.client(), TestCluster.NAMESPACE, build);
    }

    @Test
    void aSecretBelongsToTheAgentsPodAndHoldsBase64Once() throws Exception {
        String uid = pod("agent-1").getMetadata().getUid();
        cluster.takeRequests();

        String name = secrets.put("creds", owners.pod("agent-1", null), DATA);

        assertThat(name).isEqualTo("creds-" + uid);
        assertThat(cluster.takeRights()).containsExactly("pods get", "secrets get", "secrets create");
        Secret secret = secret(name);
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getMetadata().getOwnerReferences())
                .containsExactly(new OwnerReference("v1", true, true, "Pod", "agent-1", uid));
        assertThat(secret.getData()).containsExactlyInAnyOrderEntriesOf(Map.of(
                "username", Base64.getEncoder().encodeToString("root".getBytes(StandardCharsets.UTF_8)),
                "password", Base64.getEncoder().encodeToString("s3cr3t-v4lue".getBytes(StandardCharsets.UTF_8))));
        assertThat(secret.getMetadata().getLabels())
                .containsEntry("understack-workflows.jenkins.io/job", "site-enroll-b314bd2f")
                .containsEntry("understack-workflows.jenkins.io/build", "7");
        assertThat(secrets.read(name).usernamePassword().password()).isEqualTo("s3cr3t-v4lue");
    }

    @Test
    void anotherCallPatchesAndLeavesNothingOfTheFirst() throws Exception {
        Owner owner = owners.pod("agent-1", "uid-of-the-environment");
        secrets.put("creds", owner, SecretData.of(Map.of("username", "root", "password", "old", "token", "t")));
        cluster.takeRequests();

        String name = secrets.put("creds", owner, DATA);

        assertThat(name).isEqualTo("creds-uid-of-the-environment");
        assertThat(cluster.takeRights()).containsExactly("secrets get", "secrets patch");
        Secret secret = secret(name);
        assertThat(secret.getData().get("password")).isEqualTo(Base64.getEncoder().encodeToString("s3cr3t-v4lue".getBytes(StandardCharsets.UTF_8)));
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(secret.getData()).hasSize(2);
    }

    @Test
    void theMarkerLivesAsLongAsTheBuild() throws Exception {
        Owner marker = owners.marker();
        assertThat(owners.marker()).isEqualTo(marker);
        assertThat(cluster.takeRights()).containsExactly("configmaps get", "configmaps create", "configmaps get");

        String name = secrets.put("creds", marker, DATA);
        ConfigMap there = cluster.client().configMaps().inNamespace(TestCluster.NAMESPACE).withName(marker.name()).get();
        assertThat(there.getData()).isNullOrEmpty();
        assertThat(secret(name).getMetadata().getOwnerReferences())
                .containsExactly(new OwnerReference("v1", true, true, "ConfigMap", marker.name(), there.getMetadata().getUid()));
        cluster.takeRequests();

        secrets.remove(name);
        owners.removeMarker();
        owners.removeMarker();
        assertThat(cluster.takeRights()).containsExactly("secrets get", "secrets delete", "configmaps delete", "configmaps delete");
        assertThat(secret(name)).isNull();
    }

    @Test
    void branchesOfABuildThatHandOverAtTheSameTimeShareMarkerAndSecret() throws Exception {
        Owner marker = owners.marker();
        cluster.takeRights();
        cluster.askTooEarly("configmaps");
        assertThat(owners.marker()).isEqualTo(marker);
        assertThat(cluster.takeRights()).containsExactly("configmaps get", "configmaps create", "configmaps get");

        secrets.put("creds", marker, SecretData.of(Map.of("token", "t")));
        cluster.takeRights();
        cluster.askTooEarly("secrets");
        String name = secrets.put("creds", marker, DATA);
        assertThat(cluster.takeRights()).containsExactly("secrets get", "secrets create", "secrets get", "secrets patch");
        assertThat(secret(name).getData()).containsOnlyKeys("username", "password");
    }

    @Test
    void aSecretIsChangedForTheSameOwnerOnly() throws Exception {
        String victim = secrets.put("creds", owners.pod("agent-1", "u1"), DATA);
        String persistent = secrets.put("creds", null, DATA);
        String before = secret(victim).toString();
        HandoverSecrets other = secrets(new BuildIdentity("c1", "other", "1"));

        // What a pod says of its uid is up to those who define it; what it is called is not.
        assertThatThrownBy(() -> other.put("creds", owners.pod("agent-2", "u1"), DATA))
                .hasMessageContaining("\"creds-u1\"").hasMessageContaining("belongs to another pod or build and is left as it is");
        assertThatThrownBy(() -> secrets.put(victim, null, DATA)).hasMessageContaining("is left as it is");
        assertThat(secret(victim)).hasToString(before);
        assertThat(secret(persistent).getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void whatPersistsHasNoOwnerAndStaysInItsJob() throws Exception {
        assertThat(secrets.put("creds", null, DATA)).isEqualTo("creds");
        assertThat(secret("creds").getMetadata().getOwnerReferences()).isEmpty();

        HandoverSecrets next = secrets(new BuildIdentity("c1", "site/enroll", "8"));
        assertThat(next.read("creds").text("username")).isEqualTo("root");
        next.put("creds", null, DATA);
        assertThat(secret("creds").getMetadata().getAnnotations()).containsEntry("understack-workflows.jenkins.io/build", "8");

        HandoverSecrets other = secrets(new BuildIdentity("c1", "other", "1"));
        assertThatThrownBy(() -> other.put("creds", null, DATA)).hasMessageContaining("was not made by a hand-over of this job");
        assertThatThrownBy(() -> other.read("creds")).hasMessageContaining("was not handed over by this build");
        HandoverSecrets sameNameElsewhere = secrets(new BuildIdentity("c2", "site/enroll", "8"));
        assertThatThrownBy(() -> sameNameElsewhere.read("creds")).hasMessageContaining("was not handed over by this build");
    }

    @Test
    void othersSecretsAreNeitherReadNorChangedNorRemoved() throws Exception {
        cluster.client().secrets().inNamespace(TestCluster.NAMESPACE)
                .resource(new SecretBuilder().withNewMetadata().withName("rabbitmq").endMetadata()
                        .addToData("password", "czNjcjN0").build())
                .create();
        assertThatThrownBy(() -> secrets.put("rabbitmq", null, DATA)).hasMessageContaining("left as it is");
        assertThatThrownBy(() -> secrets.read("rabbitmq")).hasMessageContaining("was not handed over by this build");
        secrets.remove("rabbitmq");

        // An agent that two builds used, one after the other: the end of the first leaves what the second has made.
        Owner pod = owners.pod("agent-1", "u1");
        secrets.put("creds", pod, DATA);
        secrets(new BuildIdentity("c1", "other", "1")).put("creds", pod, DATA);
        secrets.remove("creds-u1");

        assertThat(secret("rabbitmq").getData()).containsEntry("password", "czNjcjN0");
        assertThat(secret("creds-u1")).isNotNull();
        assertThatThrownBy(() -> secrets.read("creds-u1")).hasMessageContaining("was not handed over by this build");
        // Gone already.
        secrets.remove("creds-u2");
    }

    @Test
    void whatASiteKeepsIsReadTrimmed() throws Exception {
        cluster.client().secrets().inNamespace(TestCluster.NAMESPACE)
                .resource(new SecretBuilder().withNewMetadata().withName("obm-creds").endMetadata()
                        .addToStringData("ignored", "")
                        .addToData("username", Base64.getEncoder().encodeToString("root\n".getBytes(StandardCharsets.UTF_8)))
                        .addToData("password", Base64.getEncoder().encodeToString("calvin\r\n".getBytes(StandardCharsets.UTF_8)))
                        .addToData("empty", "Cg==")
                        .addToData("broken", "%%%")
                        .build())
                .create();
        SiteSecrets site = new SiteSecrets(cluster.client(), TestCluster.NAMESPACE);

        SecretValues found = site.find("obm-creds");
        assertThat(found.usernamePassword().username()).isEqualTo("root");
        assertThat(found.usernamePassword().password()).isEqualTo("calvin");
        assertThat(found).hasToString("SecretValues[understack-agents/obm-creds]");
        assertThatThrownBy(() -> found.text("token")).hasMessageContaining("data.token is missing; found [").hasMessageContaining("username");
        assertThatThrownBy(() -> found.text("empty")).hasMessageContaining("data.empty is empty");
        assertThatThrownBy(() -> found.text("broken")).hasMessageContaining("data.broken is no base64");
        assertThat(site.find("none")).isNull();
    }

    @Test
    void aMissingRightIsNamedWithVerbResourceNamespaceAndServiceAccount() throws Exception {
        cluster.forbid("pods get");
        assertThatThrownBy(() -> owners.pod("agent-1", ""))
                .isInstanceOfSatisfying(KubernetesException.class, e -> assertThat(e.isPassing()).isFalse())
                .hasMessage("kubernetes: get pods \"agent-1\" in namespace \"understack-agents\": the right \"pods get\" is missing for"
                        + " system:serviceaccount:understack:jenkins. Add to its Role in namespace \"understack-agents\":"
                        + " {apiGroups: [\"\"], resources: [\"pods\"], verbs: [\"get\"]}; try with: kubectl auth can-i get pods"
                        + " -n understack-agents --as system:serviceaccount:understack:jenkins");
        for (String verb : new String[] {"create", "get", "patch", "delete"}) {
            cluster.allowAll();
            secrets.put("patched", null, DATA);
            cluster.forbid("secrets " + verb);
            assertThatThrownBy(() -> {
                        secrets.put(verb.equals("patch") ? "patched" : "new", null, DATA);
                        secrets.remove("patched");
                    })
                    .isInstanceOf(KubernetesException.class)
                    .hasMessageContaining("the right \"secrets " + verb + "\" is missing for system:serviceaccount:understack:jenkins")
                    .hasMessageNotContaining("s3cr3t-v4lue")
                    .hasNoCause();
            cluster.allowAll();
            secrets.remove("new");
        }
        cluster.forbid("configmaps create");
        assertThatThrownBy(owners::marker).hasMessageContaining("the right \"configmaps create\" is missing");
        assertThatThrownBy(() -> owners.pod("gone", null)).hasMessageContaining("get pods \"gone\"").hasMessageContaining("there is none");
    }

    @Test
    void protectedOwnersAskForTheirFinalizers() {
        cluster.protectOwners();
        assertThatThrownBy(() -> secrets.put("creds", owners.pod("agent-1", "u"), DATA))
                .hasMessageContaining("resources: [\"pods/finalizers\", \"configmaps/finalizers\"], verbs: [\"update\"]");
    }

    @Test
    void serversThatCannotBeReachedAreNamed() {
        Config nobody = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1/").withRequestRetryBackoffLimit(0).build();
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(nobody).build()) {
            HandoverSecrets unreachable = new HandoverSecrets(client, TestCluster.NAMESPACE, BUILD);
            assertThatThrownBy(() -> unreachable.put("creds", null, DATA))
                    .isInstanceOfSatisfying(KubernetesException.class, e -> assertThat(e.isPassing()).isTrue())
                    .hasMessageStartingWith("kubernetes: get secrets \"creds\" in namespace \"understack-agents\": http://127.0.0.1:1/")
                    .hasMessageContaining("cannot be reached (");
        }
    }

    @Test
    void anInterruptedCallSaysSo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> secrets.put("creds", null, DATA)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void dataAndNamesThatKubernetesWouldRefuseAreRefusedBefore() {
        assertThat(DATA.toString()).startsWith("SecretData[").contains("username", "password").doesNotContain("s3cr3t-v4lue");
        assertThatThrownBy(() -> SecretData.of(Map.of())).hasMessageContaining("data: is empty");
        assertThatThrownBy(() -> SecretData.of(Map.of("a b", "x"))).isInstanceOf(InvalidFieldException.class).hasMessageContaining("\"a b\" is no key");
        assertThatThrownBy(() -> SecretData.of(Map.of("a", 1))).hasMessage("data.a: is no text but a Integer; expected a text");
        assertThatThrownBy(() -> SecretData.of(Map.of("a", "x".repeat(1024 * 1024 + 1)))).hasMessageContaining("1048577 bytes are too many");
        for (String name : new String[] {"Creds", "a_b", "-a", "a..b", "x".repeat(254)}) {
            assertThatThrownBy(() -> HandoverSecrets.secretName(name, null)).as(name).hasMessageContaining("makes no name of a Secret");
        }
        assertThatThrownBy(() -> HandoverSecrets.secretName(" ", null)).hasMessageContaining("name: is empty");
        assertThat(HandoverSecrets.secretName("a.b-1", new Owner("Pod", "p", "u"))).isEqualTo("a.b-1-u");
    }

    @Test
    void labelsAreValidWhateverTheJobIsCalled() {
        String longName = "folder/".repeat(20) + "job";
        for (String job : new String[] {"a", "a/b", "Größe prüfen", "-x-", "%%%", longName, longName + "2", "x".repeat(63)}) {
            BuildIdentity build = new BuildIdentity("c", job, "1");
            assertThat(build.labels().get("understack-workflows.jenkins.io/job")).matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
            assertThat(build.annotations()).containsEntry("understack-workflows.jenkins.io/job", job);
            assertThat(build.markerName()).matches("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");
        }
        assertThat(new BuildIdentity("c", "enroll", "1").labels()).containsEntry("understack-workflows.jenkins.io/job", "enroll");
        assertThat(BuildIdentity.labelValue(longName)).isNotEqualTo(BuildIdentity.labelValue(longName + "2"));
        assertThat(new BuildIdentity("c", "a-1", "1").markerName()).isNotEqualTo(new BuildIdentity("c", "a", "1-1").markerName());
        assertThat(new BuildIdentity("c1", "a", "1").markerName()).isNotEqualTo(new BuildIdentity("c2", "a", "1").markerName());
    }

    @Test
    void theNamespaceIsThatOfTheCallOrTheCloudOrTheServiceAccount(@TempDir Path temp) throws Exception {
        Path mounted = Files.writeString(temp.resolve("namespace"), "mounted\n");
        assertThat(Namespaces.detect(" asked ", "cloud", mounted)).isEqualTo("asked");
        assertThat(Namespaces.detect("", "cloud", mounted)).isEqualTo("cloud");
        assertThat(Namespaces.detect(null, " ", mounted)).isEqualTo("mounted");
        assertThatThrownBy(() -> Namespaces.detect(null, null, temp.resolve("none")))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("namespace: is not known");
    }

    private Pod pod(String name) {
        return cluster.client().pods().inNamespace(TestCluster.NAMESPACE)
                .resource(new PodBuilder().withNewMetadata().withName(name).endMetadata().build())
                .create();
    }

    private Secret secret(String name) {
        return cluster.client().secrets().inNamespace(TestCluster.NAMESPACE).withName(name).get();
    }
}
