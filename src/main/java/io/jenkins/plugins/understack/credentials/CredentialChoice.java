package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/** The drop-down lists of credentials in the global configuration. */
public final class CredentialChoice {
    private CredentialChoice() {}

    /** Only the current value for somebody who may not administer Jenkins: ids are not for everybody. */
    public static ListBoxModel of(Class<? extends StandardCredentials> type, String current) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return model.includeCurrentValue(current);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }
}
