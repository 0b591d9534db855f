package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.jenkins.plugins.understack.core.Fields;

/**
 * What the hand-over Secrets of one build may belong to in one namespace. Needs the right get on pods for {@link #pod} without a known
 * uid, and get, create and delete on configmaps for {@link #marker}. Thread-safe; every method waits for the API server, as long as the
 * client's timeouts say, and can be interrupted.
 */
public final class Owners {
    private final KubernetesClient client;
    private final KubernetesCalls calls;
    private final BuildIdentity build;
    private final String namespace;

    public Owners(KubernetesClient client, String namespace, BuildIdentity build) {
        this.client = client;
        this.namespace = namespace;
        this.build = build;
        this.calls = new KubernetesCalls(String.valueOf(client.getMasterUrl()), namespace);
    }

    /**
     * A pod.
     *
     * @param uid as the pod itself knows it, from {@code KUBERNETES_POD_UID}; null or blank to ask for it
     */
    public Owner pod(String name, String uid) throws KubernetesException, InterruptedException {
        if (Fields.optional(uid) != null) {
            return Owner.pod(name, uid.strip());
        }
        Pod pod = calls.run("get", "pods", name, () -> client.pods().inNamespace(namespace).withName(name).get());
        if (pod == null) {
            throw new KubernetesException("kubernetes: get pods \"" + name + "\" in namespace \"" + namespace + "\": there is none; the agent is gone");
        }
        return Owner.pod(name, pod.getMetadata().getUid());
    }

    /** A ConfigMap without content, which stands for the build; found again, or made. It stays until {@link #removeMarker}. */
    public Owner marker() throws KubernetesException, InterruptedException {
        String name = build.markerName();
        ConfigMap marker = marker(name);
        if (marker == null) {
            ConfigMap wanted = new ConfigMapBuilder().withMetadata(build.metadata(namespace, name, null)).build();
            marker = calls.createUnlessThere(
                    "configmaps", name, () -> client.configMaps().inNamespace(namespace).resource(wanted).create());
        }
        if (marker == null) {
            marker = marker(name);
        }
        if (marker == null) {
            throw calls.madeAndRemoved("ConfigMap", name);
        }
        return Owner.marker(name, marker.getMetadata().getUid());
    }

    private ConfigMap marker(String name) throws KubernetesException, InterruptedException {
        Resource<ConfigMap> resource = client.configMaps().inNamespace(namespace).withName(name);
        return calls.run("get", "configmaps", name, resource::get);
    }

    /** Removes the marker, if there is one; Kubernetes then removes what it owns. */
    public void removeMarker() throws KubernetesException, InterruptedException {
        String name = build.markerName();
        calls.run("delete", "configmaps", name, () -> client.configMaps().inNamespace(namespace).withName(name).delete());
    }
}
