package io.jenkins.plugins.understack.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.Digest;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.kubernetes.BuildIdentity;
import io.jenkins.plugins.understack.core.kubernetes.HandoverSecrets;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import io.jenkins.plugins.understack.core.kubernetes.Owner;
import io.jenkins.plugins.understack.core.kubernetes.Owners;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import io.jenkins.plugins.understack.core.kubernetes.SecretValues;
import io.jenkins.plugins.understack.core.kubernetes.SiteSecrets;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Hand-over Secrets for steps. Every method calls the cluster: not for the thread that runs the Pipeline. Failures are an
 * {@link AbortException}, of what reads also a {@link KubernetesException}, that says what to do, never a value.
 */
public final class Handovers {
    private Handovers() {}

    /** Whether the step runs on an agent in a pod, so that what it hands over can be mounted there. */
    public static boolean isPod(StepContext context) throws IOException, InterruptedException {
        return Place.isPod(context);
    }

    /**
     * Puts data into a Secret that belongs to the agent's pod, elsewhere to the build; it is removed when the build ends.
     *
     * @param name begin of the Secret's name
     * @return the Secret's name
     */
    public static String put(StepContext context, String name, SecretData data) throws IOException, InterruptedException {
        Place place = Place.of(context, null);
        return put(context, place, name, Scope.detect(place), data).secret;
    }

    /** A record of what was put, and where; for {@link Scope#PERSIST} it is not kept. */
    static HandoverRecord put(StepContext context, Place place, String name, Scope scope, SecretData data)
            throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        BuildIdentity identity = identity(run);
        try {
            HandoverSecrets secrets = new HandoverSecrets(Clusters.client(place.cloud()), place.namespace(), identity);
            Owner owner = owner(run, place, scope, identity);
            HandoverRecord record = record(run, place, identity, HandoverSecrets.secretName(name, owner));
            if (owner != null) {
                HandoverRecords.get().add(record);
            }
            secrets.put(name, owner, data);
            return record;
        } catch (KubernetesException | InvalidFieldException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static Owner owner(Run<?, ?> run, Place place, Scope scope, BuildIdentity identity)
            throws IOException, KubernetesException, InterruptedException {
        Owners owners = new Owners(Clusters.client(place.cloud()), place.namespace(), identity);
        return switch (scope) {
            case PERSIST -> null;
            case POD -> owners.pod(place.pod(), place.podUid());
            case BUILD -> {
                HandoverRecords.get().add(record(run, place, identity, null));
                yield owners.marker();
            }
        };
    }

    private static HandoverRecord record(Run<?, ?> run, Place place, BuildIdentity identity, String secret) {
        return new HandoverRecord(run.getExternalizableId(), place, identity, secret);
    }

    /** User and password, without line ends, of a Secret that this build has handed over; refused for all others. */
    public static UsernamePassword usernamePassword(StepContext context, String secretName)
            throws KubernetesException, IOException, InterruptedException {
        Place place = Place.of(context, null);
        return new HandoverSecrets(Clusters.client(place.cloud()), place.namespace(), identity(context.get(Run.class)))
                .read(secretName)
                .usernamePassword();
    }

    /**
     * A Secret that the site keeps in its cluster: that of the agent's pod, else that of the {@code kubernetes} section. Only for names
     * that an administrator configured.
     *
     * @param context null for the cluster of the {@code kubernetes} section
     * @param namespace null for that of the agent or the section
     * @return null where there is none
     */
    @CheckForNull
    public static SecretValues site(@CheckForNull StepContext context, String namespace, String secretName)
            throws KubernetesException, IOException, InterruptedException {
        Place place = context == null ? Place.configured(namespace) : Place.of(context, namespace);
        return new SiteSecrets(Clusters.client(place.cloud()), place.namespace()).find(secretName);
    }

    private static BuildIdentity identity(Run<?, ?> run) {
        return new BuildIdentity(
                Digest.of(Jenkins.get().getLegacyInstanceId()).substring(0, 16),
                run.getParent().getFullName(),
                String.valueOf(run.getNumber()));
    }
}
