package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The hand-over Secrets of one build in one namespace. Needs the rights get, create, patch and delete on secrets. Thread-safe; every
 * method waits for the API server, as long as the client's timeouts say, and can be interrupted.
 */
public final class HandoverSecrets {
    /** Kubernetes: names of Secrets are DNS subdomains (RFC 1123), at most 253 characters. */
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final KubernetesClient client;
    private final KubernetesCalls calls;
    private final BuildIdentity build;
    private final String namespace;

    public HandoverSecrets(KubernetesClient client, String namespace, BuildIdentity build) {
        this.client = client;
        this.namespace = namespace;
        this.build = build;
        this.calls = new KubernetesCalls(String.valueOf(client.getMasterUrl()), namespace);
    }

    /**
     * Under what name a Secret will be found.
     *
     * @param owner null for one that stays: its name is as given
     * @throws InvalidFieldException where Kubernetes would refuse the name
     */
    public static String secretName(String name, Owner owner) {
        String full = owner == null ? Fields.required("name", name) : Fields.required("name", name) + "-" + owner.uid();
        if (!NAME.matcher(full).matches()) {
            throw new InvalidFieldException(
                    "name",
                    "\"" + name + "\" makes no name of a Secret (\"" + full + "\"); expected small letters, digits, '-' and '.', 253 at most,"
                            + " the first and last a letter or digit");
        }
        return full;
    }

    /**
     * Creates the Secret, or makes the one of an earlier call hold these data and no others.
     *
     * @param owner null for one that stays
     * @return the Secret's name
     * @throws InvalidFieldException where Kubernetes would refuse the name
     * @throws KubernetesException also where a Secret of this name was not made by a hand-over, or for another owner, or stays for
     *     another job
     */
    public String put(String name, Owner owner, SecretData data) throws KubernetesException, InterruptedException {
        String full = secretName(name, owner);
        Secret there = get(full);
        if (there == null) {
            Secret wanted = new SecretBuilder()
                    .withMetadata(build.metadata(namespace, full, owner))
                    .withType("Opaque")
                    .withData(data.base64())
                    .build();
            Secret made = calls.createUnlessThere(
                    "secrets", full, () -> client.secrets().inNamespace(namespace).resource(wanted).create());
            if (made != null) {
                return full;
            }
            there = get(full);
        }
        return patch(full, owner, data, there);
    }

    private String patch(String full, Owner owner, SecretData data, Secret there) throws KubernetesException, InterruptedException {
        if (there == null) {
            throw calls.madeAndRemoved("Secret", full);
        }
        if (!isHandover(there) || owner == null && !build.isJobOf(there.getMetadata().getAnnotations())) {
            throw new KubernetesException("kubernetes: Secret \"" + full + "\" in namespace \"" + namespace
                    + "\" was not made by a hand-over of this job and is left as it is; choose another name, or delete it");
        }
        List<OwnerReference> owners = there.getMetadata().getOwnerReferences();
        // Builds that use the same pod one after the other take over what is the pod's.
        if (owner == null ? !owners.isEmpty() : owners.stream().noneMatch(owner::is)) {
            throw new KubernetesException("kubernetes: Secret \"" + full + "\" in namespace \"" + namespace
                    + "\" belongs to another pod or build and is left as it is; choose another name");
        }
        String patch = SecretPatch.of(build.metadata(namespace, full, owner), data.base64(), there);
        calls.run("patch", "secrets", full, () -> client.secrets().inNamespace(namespace).resource(there).patch(SecretPatch.CONTEXT, patch));
        return full;
    }

    /**
     * Values of a Secret that this build, or with {@code persist} an earlier build of this job, has handed over.
     *
     * @throws KubernetesException also for all other Secrets: a build must not read what was not given to it
     */
    public SecretValues read(String secretName) throws KubernetesException, InterruptedException {
        Secret secret = get(secretName);
        if (secret == null) {
            throw new KubernetesException("kubernetes: Secret \"" + secretName + "\" in namespace \"" + namespace
                    + "\" does not exist; it is removed with its pod, or when its build ends");
        }
        boolean stays = secret.getMetadata().getOwnerReferences().isEmpty();
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        if (!isHandover(secret) || !(stays ? build.isJobOf(annotations) : build.isBuildOf(annotations))) {
            throw new KubernetesException("kubernetes: Secret \"" + secretName + "\" in namespace \"" + namespace
                    + "\" was not handed over by this build; expected a name that handoverSecret or getObmCreds returned");
        }
        return new SecretValues(namespace, secret);
    }

    /** Removes what {@link #put} made for this build; what is gone already, or meanwhile belongs to another build, is left. */
    public void remove(String secretName) throws KubernetesException, InterruptedException {
        Secret secret = get(secretName);
        if (secret != null && isHandover(secret) && build.isBuildOf(secret.getMetadata().getAnnotations())) {
            calls.run("delete", "secrets", secretName, () -> client.secrets().inNamespace(namespace).withName(secretName).delete());
        }
    }

    private Secret get(String name) throws KubernetesException, InterruptedException {
        Supplier<Secret> get = () -> client.secrets().inNamespace(namespace).withName(name).get();
        return calls.run("get", "secrets", name, get);
    }

    private static boolean isHandover(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && BuildIdentity.PLUGIN.equals(labels.get(BuildIdentity.MANAGED_BY));
    }
}
