package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import java.util.Set;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** What the steps that ask an OpenStack have in common: which one. */
@Restricted(NoExternalUse.class)
public abstract class OpenstackStep extends Step {
    private String cloud;

    /** Null for the only one, or the one named {@code default}. */
    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String cloud) {
        this.cloud = Util.fixEmptyAndTrim(cloud);
    }

    /** Arguments that a script got wrong; a stack trace in the build log would help nobody. */
    final <T> T checked(Supplier<T> arguments) throws AbortException {
        try {
            return arguments.get();
        } catch (InvalidFieldException e) {
            throw new AbortException(getDescriptor().getFunctionName() + ": " + e.getMessage());
        }
    }

    /** Public, so that Stapler finds what the form asks. */
    public abstract static class OpenstackStepDescriptor extends StepDescriptor {
        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** Names only for those who may write Pipelines. */
        @POST
        public final ComboBoxModel doFillCloudItems(@AncestorInPath Item item) {
            boolean allowed = item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            return allowed
                    ? new ComboBoxModel(UnderstackConfiguration.get().clouds().all().stream().map(Cloud::name).toList())
                    : new ComboBoxModel();
        }
    }
}
