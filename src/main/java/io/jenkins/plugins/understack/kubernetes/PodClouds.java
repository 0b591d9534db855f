package io.jenkins.plugins.understack.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;

/** What the Kubernetes plugin knows. Without that plugin there is no such extension. */
public abstract class PodClouds implements ExtensionPoint {
    /** @param namespace null where neither template nor cloud names one */
    record AgentPod(String cloud, String namespace, String name) {}

    /** @return null where this agent runs in no pod */
    @CheckForNull
    abstract AgentPod podOf(@CheckForNull Node node);

    /** @return null where there is no such cloud, or it names none */
    @CheckForNull
    abstract String namespaceOf(String cloud);

    /** A client that belongs to the cloud: not to be closed. */
    abstract KubernetesClient connect(String cloud) throws IOException;

    /** @return null where the Kubernetes plugin is not installed */
    @CheckForNull
    static PodClouds find() {
        return ExtensionList.lookup(PodClouds.class).stream().findFirst().orElse(null);
    }

    static PodClouds required(String cloud) throws AbortException {
        PodClouds clouds = find();
        if (clouds == null) {
            throw new AbortException("kubernetes: cloud \"" + cloud + "\" cannot be used, because the Kubernetes plugin is not installed;"
                    + " install it, or leave kubernetes.cloud empty for the cluster of the controller");
        }
        return clouds;
    }
}
