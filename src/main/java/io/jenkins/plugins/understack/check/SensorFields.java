package io.jenkins.plugins.understack.check;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form validation of the fields that central sensors, their dependencies and the triggers of jobs share; for their descriptors. */
public interface SensorFields {
    @POST
    default FormValidation doCheckSource(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).source(value);
    }

    @POST
    default FormValidation doCheckEvent(@AncestorInPath Item item, @QueryParameter String source, @QueryParameter String value) {
        return FormChecks.of(item).event(source, value);
    }

    @POST
    default FormValidation doCheckTransform(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckWhere(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckForEach(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckKey(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckSerializeBy(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckCoalesceBy(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).jq(value);
    }

    @POST
    default FormValidation doCheckWithin(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).duration(value);
    }

    @POST
    default FormValidation doCheckDelay(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).duration(value);
    }

    @POST
    default FormValidation doCheckInFlight(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).limit(value);
    }

    @POST
    default FormValidation doCheckDebounce(@AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.of(item).duration(value);
    }
}
