package io.jenkins.plugins.understack.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Node;
import io.jenkins.plugins.understack.config.KubernetesConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.kubernetes.Namespaces;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where a step hands over.
 *
 * @param cloud null for the cluster of the controller
 * @param pod that of the agent, or null elsewhere
 * @param podUid as the environment of the agent's process has it, or null
 */
record Place(String cloud, String namespace, String pod, String podUid) {
    /** Set in a pod template by {@code fieldRef: {fieldPath: metadata.uid}}; the seed's name for it. */
    private static final String POD_UID = "KUBERNETES_POD_UID";

    /** Whether the step runs on an agent in a pod. */
    static boolean isPod(StepContext context) throws IOException, InterruptedException {
        return agentPod(context) != null;
    }

    @CheckForNull
    private static PodClouds.AgentPod agentPod(StepContext context) throws IOException, InterruptedException {
        PodClouds clouds = PodClouds.find();
        return clouds == null ? null : clouds.podOf(context.get(Node.class));
    }

    /**
     * Asks the agent, so not for the thread that runs the Pipeline.
     *
     * @param namespace what the step asks for, or null
     */
    static Place of(StepContext context, String namespace) throws IOException, InterruptedException {
        PodClouds.AgentPod pod = agentPod(context);
        if (pod == null) {
            return configured(namespace);
        }
        String where = detect(namespace, pod.namespace() == null ? PodClouds.required(pod.cloud()).namespaceOf(pod.cloud()) : pod.namespace());
        boolean own = pod.namespace() == null || pod.namespace().equals(where);
        return new Place(pod.cloud(), where, own ? pod.name() : null, podUid(context.get(Computer.class)));
    }

    /** Not as the step's environment has it: {@code withEnv} would be the way to the Secrets of others. */
    private static String podUid(Computer agent) throws IOException, InterruptedException {
        return agent == null ? null : agent.getEnvironment().get(POD_UID);
    }

    /** That of the {@code kubernetes} section. */
    static Place configured(String namespace) throws AbortException {
        KubernetesConfig config = UnderstackConfiguration.get().getKubernetes();
        if (config == null) {
            throw new AbortException("kubernetes: this step runs on no agent in a pod, and no cluster is configured;"
                    + " see Manage Jenkins, System, UnderStack, Kubernetes");
        }
        String configured = config.getNamespace();
        if (configured == null && config.getCloud() != null) {
            configured = PodClouds.required(config.getCloud()).namespaceOf(config.getCloud());
        }
        return new Place(config.getCloud(), detect(namespace, configured), null, null);
    }

    private static String detect(String argument, String configured) throws AbortException {
        try {
            return Namespaces.detect(argument, configured, Namespaces.SERVICE_ACCOUNT);
        } catch (InvalidFieldException e) {
            throw new AbortException("kubernetes: " + e.getMessage());
        }
    }
}
