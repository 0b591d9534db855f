package io.jenkins.plugins.understack.kubernetes;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What both steps are given: values, or a credential that has them. */
final class HandoverArguments {
    private HandoverArguments() {}

    /**
     * The values that a step got as {@code data}.
     *
     * @return null where it got none
     * @throws AbortException where they came without {@link HiddenData}; the record that Pipeline made of them is removed
     */
    static SecretData hidden(StepContext context, String step, Object data) throws IOException, InterruptedException {
        if (data == null || data instanceof SecretData) {
            return (SecretData) data;
        }
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.removeActions(ArgumentsAction.class);
        }
        throw new AbortException(step + ": data was given in a way that Pipeline records; call " + step
                + "(…) itself, neither steps." + step + "(…) nor step(…), and change these values");
    }

    /** To be called off the thread that runs the Pipeline: a provider of credentials may take its time. */
    static SecretData values(StepContext context, String step, SecretData data, String credentials)
            throws IOException, InterruptedException {
        if ((data == null) == (credentials == null)) {
            throw new AbortException(step + ": " + (data == null ? "neither data nor" : "both data and") + " credentials are given; expected one of them");
        }
        if (data != null) {
            return data;
        }
        Run<?, ?> run = context.get(Run.class);
        StandardUsernamePasswordCredentials found = CredentialsProvider.findCredentialById(
                credentials, StandardUsernamePasswordCredentials.class, run, List.of());
        if (found == null) {
            throw new AbortException(step + ": credentials: this build may use no username with password with the id \"" + credentials + "\"");
        }
        CredentialsProvider.track(run, found);
        return SecretData.of(Map.of("username", found.getUsername(), "password", found.getPassword().getPlainText()));
    }
}
