package io.jenkins.plugins.understack.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.understack.core.kubernetes.BuildIdentity;
import io.jenkins.plugins.understack.core.kubernetes.HandoverSecrets;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import io.jenkins.plugins.understack.core.kubernetes.Owners;
import java.io.IOException;
import java.util.Objects;

/** What is to be removed when a build has ended: names only. Plain fields, because it is kept as XML. */
final class HandoverRecord {
    final String run;
    final String cloud;
    final String namespace;
    final String controller;
    final String job;
    final String build;
    /** Null for the build's marker. */
    final String secret;

    /** @param run as {@code Run.getExternalizableId()} has it */
    HandoverRecord(String run, Place place, BuildIdentity identity, String secret) {
        this.run = run;
        this.cloud = place.cloud();
        this.namespace = place.namespace();
        this.controller = identity.controller();
        this.job = identity.job();
        this.build = identity.build();
        this.secret = secret;
    }

    /** As the job was called then: its Secrets still are. */
    private BuildIdentity identity() {
        return new BuildIdentity(controller, job, build);
    }

    void remove() throws IOException, KubernetesException, InterruptedException {
        KubernetesClient client = Clusters.client(cloud);
        if (secret == null) {
            new Owners(client, namespace, identity()).removeMarker();
        } else {
            new HandoverSecrets(client, namespace, identity()).remove(secret);
        }
    }

    boolean isSameAs(HandoverRecord other) {
        return run.equals(other.run)
                && Objects.equals(cloud, other.cloud)
                && namespace.equals(other.namespace)
                && Objects.equals(secret, other.secret);
    }

    @Override
    public String toString() {
        return (secret == null ? "the marker" : "Secret \"" + secret + "\"") + " of " + run + " in namespace \"" + namespace + "\"";
    }
}
