package io.jenkins.plugins.understack.check;

import hudson.util.FormValidation;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form validation of the fields that all kinds of sources share; for their descriptors. */
public interface SourceFields {
    @POST
    default FormValidation doCheckInFlight(@QueryParameter String value) {
        return FormChecks.central().limit(value);
    }

    @POST
    default FormValidation doCheckSecretFields(@QueryParameter String value) {
        return FormChecks.central().secretFields(value);
    }
}
