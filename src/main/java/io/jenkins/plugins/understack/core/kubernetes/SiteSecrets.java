package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Secrets that a site keeps in its cluster. Only for names that an administrator configured: a build may read any of them here. */
public final class SiteSecrets {
    private final KubernetesClient client;
    private final KubernetesCalls calls;

    public SiteSecrets(KubernetesClient client, String namespace) {
        this.client = client;
        this.calls = new KubernetesCalls(String.valueOf(client.getMasterUrl()), namespace);
    }

    /** @return null where there is no such Secret */
    public SecretValues find(String name) throws KubernetesException, InterruptedException {
        Secret secret = calls.run("get", "secrets", name, () -> client.secrets()
                .inNamespace(calls.namespace())
                .withName(name)
                .get());
        return secret == null ? null : new SecretValues(calls.namespace(), secret);
    }
}
