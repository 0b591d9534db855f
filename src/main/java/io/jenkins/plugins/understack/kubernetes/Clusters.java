package io.jenkins.plugins.understack.kubernetes;

import hudson.init.Terminator;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;

/** Clients of clusters, by the name of their cloud. Public for Jenkins, which closes them. */
public final class Clusters {
    /** Tries again after a failed connection or status 5xx, with growing waits from 100 ms. A step must not hang for long. */
    private static final int RETRIES = 5;

    private static KubernetesClient own;

    private Clusters() {}

    /** @param cloud null for the cluster of the controller. The client is shared: not to be closed */
    static KubernetesClient client(String cloud) throws IOException {
        return cloud == null ? own() : PodClouds.required(cloud).connect(cloud);
    }

    /** By the service account of the controller's pod, or its kubeconfig, as fabric8 finds them. */
    private static synchronized KubernetesClient own() {
        if (own == null) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            // fabric8 looks for its HTTP client by the ServiceLoader.
            Thread.currentThread().setContextClassLoader(KubernetesClient.class.getClassLoader());
            try {
                Config config = new ConfigBuilder(Config.autoConfigure(null)).withRequestRetryBackoffLimit(RETRIES).build();
                own = new KubernetesClientBuilder().withConfig(config).build();
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
        return own;
    }

    @Terminator
    public static synchronized void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
