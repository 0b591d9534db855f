package io.jenkins.plugins.understack.step;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.credentials.BuildCredentials;
import io.jenkins.plugins.understack.kubernetes.Handovers;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code getObmCreds(hostname: …)}: a reference to the log-in of a BMC, never its value. On an agent in a pod the name of a Secret that
 * belongs to the pod, elsewhere the id of a credential that belongs to the build.
 */
public final class GetObmCredsStep extends ObmDeviceStep {
    @DataBoundConstructor
    public GetObmCredsStep() {}

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new Execution(context, lookup("getObmCreds"), Handovers.isPod(context));
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final ObmLookup lookup;
        private final boolean pod;

        Execution(StepContext context, ObmLookup lookup, boolean pod) {
            super(context);
            this.lookup = lookup;
            this.pod = pod;
        }

        @Override
        protected String run() throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            ObmCredential credential = lookup.find(run);
            return pod
                    ? Handovers.put(
                            getContext(),
                            lookup.secretName(),
                            SecretData.of(Map.of("username", credential.user(), "password", credential.password())))
                    : BuildCredentials.add(run, lookup.toString(), credential);
        }

        /**
         * Asks again after a restart; a log-in that was added already goes with the build, like all others. Not on an agent in a pod, which
         * may not be back yet.
         */
        @Override
        public void onResume() {
            if (pod) {
                super.onResume();
                return;
            }
            try {
                start();
            } catch (Exception e) {
                getContext().onFailure(e);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "getObmCreds";
        }

        @Override
        public String getDisplayName() {
            return Messages.GetObmCredsStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return summary(namedArgs);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class);
        }
    }
}
