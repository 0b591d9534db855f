package io.jenkins.plugins.understack.kubernetes;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesSlave;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;

/** The only class that names classes of the Kubernetes plugin; not loaded where that plugin is absent. */
@Extension(optional = true)
public final class KubernetesPluginClouds extends PodClouds {
    @Override
    AgentPod podOf(Node node) {
        return node instanceof KubernetesSlave agent
                ? new AgentPod(agent.getCloudName(), agent.getNamespace(), agent.getPodName())
                : null;
    }

    @Override
    String namespaceOf(String cloud) {
        return Jenkins.get().getCloud(cloud) instanceof KubernetesCloud found ? found.getNamespace() : null;
    }

    @Override
    KubernetesClient connect(String cloud) throws IOException {
        if (!(Jenkins.get().getCloud(cloud) instanceof KubernetesCloud found)) {
            throw new AbortException("kubernetes: there is no cloud \"" + cloud + "\" of the Kubernetes plugin; see Manage Jenkins, Clouds");
        }
        try {
            return found.connect();
        } catch (KubernetesAuthException e) {
            throw new IOException("kubernetes: cloud \"" + cloud + "\": its credential cannot be used: " + e.getMessage(), e);
        }
    }
}
