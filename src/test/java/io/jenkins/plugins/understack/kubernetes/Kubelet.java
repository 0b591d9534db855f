package io.jenkins.plugins.understack.kubernetes;

import hudson.Functions;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.triggers.SafeTimerTask;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.understack.core.kubernetes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jenkins.util.Timer;
import org.junit.jupiter.api.function.Executable;

/**
 * Runs the agents of pods as processes of this machine, with the environment and the Secret volumes that their pods have, and collects
 * garbage as Kubernetes does: what is owned by a pod goes with it. Where it cannot, {@link #during} ends, which else would wait for an
 * agent that never comes.
 */
final class Kubelet implements AutoCloseable, Watcher<Pod> {
    private final KubernetesClient client;
    private final Path agentJar;
    private final Path folder;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final Map<String, Process> agents = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> provisioning;
    private final Watch watch;
    private volatile Thread test;
    private volatile AssertionError problem;

    Kubelet(TestCluster cluster, Path agentJar, Path folder) {
        this.client = cluster.operator();
        this.agentJar = agentJar;
        this.folder = folder;
        this.provisioning = Timer.get().scheduleAtFixedRate(SafeTimerTask.of(Kubelet::provision), 1, 1, TimeUnit.SECONDS);
        this.watch = client.pods().inNamespace(TestCluster.NAMESPACE).watch(this);
    }

    /**
     * Jenkins asks clouds for an agent when a build comes into the queue, but may see the queue as it was before that; and then first after
     * 100 s, and never for a label whose clouds it had looked up before podTemplate made its template known. Once there is an agent it is not
     * asked again: in the moment in which that takes the build, Jenkins would see a build without an agent, and start another.
     */
    private static void provision() {
        for (Queue.BuildableItem item : Queue.getInstance().getBuildableItems()) {
            Label label = item.getAssignedLabel();
            if (label != null && label.getNodes().isEmpty()) {
                label.nodeProvisioner.suggestReviewNow();
            }
        }
    }

    /** Interrupts what is run as soon as something goes wrong here, and fails with that. */
    void during(Executable what) throws Throwable {
        test = Thread.currentThread();
        try {
            what.execute();
        } catch (Throwable e) {
            if (problem == null) {
                throw e;
            }
        } finally {
            test = null;
            Thread.interrupted();
        }
        if (problem != null) {
            throw problem;
        }
    }

    /** The newest pod, as it was asked for. */
    Pod last() {
        return pods.get(pods.size() - 1);
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            if (action == Action.DELETED) {
                stop(agents.remove(name));
                collectGarbage(pod);
            } else if (action == Action.ADDED) {
                pods.add(pod);
                agents.put(name, start(pod));
                client.pods().inNamespace(TestCluster.NAMESPACE).resource(ready(pod)).patchStatus();
            }
        } catch (IOException | RuntimeException e) {
            fail(action + " " + name, e);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        fail("the watch of pods has ended", cause);
    }

    private void fail(String what, Exception cause) {
        problem = new AssertionError("Kubelet: " + what + ": " + cause, cause);
        Thread waiting = test;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private static Pod ready(Pod pod) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private Process start(Pod pod) throws IOException {
        Container jnlp = one(pod.getSpec().getContainers(), Container::getName, "jnlp");
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : jnlp.getEnv()) {
            boolean uid = variable.getValueFrom() != null && "metadata.uid".equals(variable.getValueFrom().getFieldRef().getFieldPath());
            environment.put(variable.getName(), uid ? pod.getMetadata().getUid() : variable.getValue());
        }
        mount(pod, jnlp);
        Path workDir = Files.createDirectories(folder.resolve(pod.getMetadata().getName()));
        ProcessBuilder agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", Functions.isWindows() ? "java.exe" : "java").toString(),
                        "-Xmx128m", "-jar", agentJar.toString(),
                        "-webSocket", "-url", environment.get("JENKINS_URL"),
                        "-name", environment.get("JENKINS_AGENT_NAME"), "-secret", environment.get("JENKINS_SECRET"),
                        "-workDir", workDir.toString())
                .redirectErrorStream(true)
                .redirectOutput(workDir.resolve("agent.log").toFile());
        agent.environment().putAll(environment);
        return agent.start();
    }

    /** Secret volumes, at the paths that the pod names: a test takes some below its own folder. */
    private void mount(Pod pod, Container container) throws IOException {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getSecret() == null) {
                continue;
            }
            String name = volume.getSecret().getSecretName();
            Secret secret = one(client.secrets().inNamespace(TestCluster.NAMESPACE).list().getItems(), s -> s.getMetadata().getName(), name);
            Path path = Files.createDirectories(Path.of(one(container.getVolumeMounts(), VolumeMount::getName, volume.getName()).getMountPath()));
            for (Map.Entry<String, String> entry : secret.getData().entrySet()) {
                Files.write(path.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
            }
        }
    }

    private static <T> T one(List<T> all, Function<T, String> name, String wanted) {
        return all.stream()
                .filter(it -> name.apply(it).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no \"" + wanted + "\" in " + all.stream().map(name).toList()));
    }

    private void collectGarbage(Pod pod) {
        for (Secret secret : client.secrets().inNamespace(TestCluster.NAMESPACE).list().getItems()) {
            List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
            if (owners.stream().anyMatch(owner -> owner.getUid().equals(pod.getMetadata().getUid()))) {
                client.secrets().inNamespace(TestCluster.NAMESPACE).resource(secret).delete();
            }
        }
    }

    private static void stop(Process agent) {
        if (agent != null) {
            agent.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        provisioning.cancel(false);
        watch.close();
        agents.values().forEach(Kubelet::stop);
    }
}
