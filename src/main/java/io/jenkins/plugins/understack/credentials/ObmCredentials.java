package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.kubernetes.Handovers;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a step is told by a reference: what {@code getObmCreds} returned, or the id of a credential that the build may use anyway. May
 * ask a cluster: not for the thread that runs the Pipeline.
 */
public final class ObmCredentials {
    private ObmCredentials() {}

    /**
     * The value behind a reference; not for logs. Its use is tracked.
     *
     * @throws ObmCredentialException where this build has no such credential
     */
    public static ObmCredential ofReference(StepContext context, String reference)
            throws ObmCredentialException, IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        StandardUsernamePasswordCredentials found = find(run, reference);
        if (found == null) {
            return ofSecret(context, reference);
        }
        CredentialsProvider.track(run, found);
        return credential(found.getUsername(), found.getPassword().getPlainText());
    }

    /**
     * The id under which {@code withCredentials} of this build finds what is behind a reference.
     *
     * @throws ObmCredentialException where this build has no such credential
     */
    public static String bindable(StepContext context, String reference) throws ObmCredentialException, IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        return find(run, reference) != null ? reference : BuildCredentials.add(run, "Secret " + reference, ofSecret(context, reference));
    }

    private static ObmCredential ofSecret(StepContext context, String reference)
            throws ObmCredentialException, IOException, InterruptedException {
        if (!Handovers.isPod(context)) {
            throw new ObmCredentialException("credentials: \"" + reference
                    + "\" is no credential that this build may use; expected what getObmCreds returned in this build,"
                    + " or the id of a username with password");
        }
        try {
            UsernamePassword login = Handovers.usernamePassword(context, reference);
            return credential(login.username(), login.password());
        } catch (KubernetesException e) {
            throw new ObmCredentialException("credentials: \"" + reference + "\": " + e.getMessage(), e.isPassing());
        } catch (AbortException e) {
            throw new ObmCredentialException("credentials: \"" + reference + "\": " + e.getMessage());
        }
    }

    @CheckForNull
    private static StandardUsernamePasswordCredentials find(Run<?, ?> run, String reference) throws ObmCredentialException {
        try {
            return CredentialsProvider.findCredentialById(reference, StandardUsernamePasswordCredentials.class, run, List.of());
        } catch (CredentialsUnavailableException e) {
            throw new ObmCredentialException("credentials: " + e.getMessage());
        }
    }

    private static ObmCredential credential(String user, String password) throws ObmCredentialException {
        try {
            return new ObmCredential(user, password);
        } catch (InvalidFieldException e) {
            throw new ObmCredentialException("credentials: " + e.getMessage());
        }
    }
}
