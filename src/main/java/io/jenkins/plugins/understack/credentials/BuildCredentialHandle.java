package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Run;
import hudson.util.Secret;
import jenkins.model.Jenkins;

/** A log-in of some build without its value, which only that build gets, by {@link #forRun}. */
final class BuildCredentialHandle implements StandardUsernamePasswordCredentials {
    private static final long serialVersionUID = 1L;

    private final String id;

    BuildCredentialHandle(String id) {
        this.id = id;
    }

    @Override
    public Credentials forRun(Run<?, ?> run) {
        Credentials credentials = BuildCredentials.ofRun(run, id);
        if (credentials == null) {
            throw new CredentialsUnavailableException("password", Messages.BuildCredentialHandle_notOfThisBuild(id, run));
        }
        return credentials;
    }

    @Override
    public Secret getPassword() {
        throw new CredentialsUnavailableException("password", Messages.BuildCredentialHandle_notOfABuild(id));
    }

    @Override
    public String getUsername() {
        return "";
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getDescription() {
        return "";
    }

    @Override
    public CredentialsScope getScope() {
        return CredentialsScope.GLOBAL;
    }

    @Override
    public CredentialsDescriptor getDescriptor() {
        return (CredentialsDescriptor) Jenkins.get().getDescriptorOrDie(UsernamePasswordCredentialsImpl.class);
    }
}
