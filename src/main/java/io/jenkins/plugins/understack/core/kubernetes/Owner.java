package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/**
 * With what a hand-over Secret dies: Kubernetes' garbage collection removes it when no object of this kind, name and uid is left
 * in the same namespace.
 *
 * @param kind of {@code apiVersion: v1}
 */
public record Owner(String kind, String name, String uid) {
    static Owner pod(String name, String uid) {
        return new Owner("Pod", name, uid);
    }

    static Owner marker(String name, String uid) {
        return new Owner("ConfigMap", name, uid);
    }

    boolean is(OwnerReference other) {
        return kind.equals(other.getKind()) && name.equals(other.getName()) && uid.equals(other.getUid());
    }

    OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
