package io.jenkins.plugins.understack.kubernetes;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code handoverSecret(name: …, data: …)}: puts values into a Kubernetes Secret and returns its name. */
public final class HandoverSecretStep extends HandoverStep {
    static final String FUNCTION = "handoverSecret";

    private String scope;
    private boolean persist;

    @DataBoundConstructor
    public HandoverSecretStep(String name) {
        super(name);
    }

    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(String scope) {
        this.scope = Util.fixEmptyAndTrim(scope);
    }

    public boolean isPersist() {
        return persist;
    }

    @DataBoundSetter
    public void setPersist(boolean persist) {
        this.persist = persist;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, this, hidden(context, FUNCTION));
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final transient SecretData data;
        private final String credentials;
        private final String scope;
        private final boolean persist;
        private final String namespace;

        Execution(StepContext context, HandoverSecretStep step, SecretData data) {
            super(context);
            this.name = step.getName();
            this.data = data;
            this.credentials = step.getCredentials();
            this.scope = step.scope;
            this.persist = step.persist;
            this.namespace = step.getNamespace();
        }

        @Override
        protected String run() throws Exception {
            SecretData values = HandoverArguments.values(getContext(), FUNCTION, data, credentials);
            Place place = Place.of(getContext(), namespace);
            return Handovers.put(getContext(), place, name, Scope.of(scope, persist, place), values).secret;
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.HandoverSecretStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return String.valueOf(namedArgs.get("name"));
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class);
        }

        public ListBoxModel doFillScopeItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.HandoverSecretStep_scope_detect(), ""),
                    new ListBoxModel.Option(Messages.HandoverSecretStep_scope_pod(), "pod"),
                    new ListBoxModel.Option(Messages.HandoverSecretStep_scope_build(), "build"));
        }
    }
}
