package io.jenkins.plugins.understack.kubernetes;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.core.kubernetes.KubernetesException;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code withHandoverSecret(name: …, data: …) { }}: a Kubernetes Secret for as long as the block runs, its name in an environment
 * variable, its values masked in the log of the block.
 */
public final class WithHandoverSecretStep extends HandoverStep {
    static final String FUNCTION = "withHandoverSecret";
    private static final String VARIABLE = "HANDOVER_SECRET";

    private String variable = VARIABLE;

    @DataBoundConstructor
    public WithHandoverSecretStep(String name) {
        super(name);
    }

    /** The environment variable with the Secret's name. */
    public String getVariable() {
        return variable;
    }

    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable) == null ? VARIABLE : variable.strip();
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, this, hidden(context, FUNCTION));
    }

    private static final class Execution extends GeneralNonBlockingStepExecution {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final transient SecretData data;
        private final String credentials;
        private final String variable;
        private final String namespace;

        Execution(StepContext context, WithHandoverSecretStep step, SecretData data) {
            super(context);
            this.name = step.getName();
            this.data = data;
            this.credentials = step.getCredentials();
            this.variable = step.variable;
            this.namespace = step.getNamespace();
        }

        @Override
        public boolean start() {
            run(this::putAndRunBody);
            return false;
        }

        private void putAndRunBody() throws Exception {
            StepContext context = getContext();
            SecretData values = HandoverArguments.values(context, FUNCTION, data, credentials);
            Place place = Place.of(context, namespace);
            // Blocks may be nested or run in parallel: each has a Secret of its own.
            String own = name + "-" + context.get(FlowNode.class).getId();
            HandoverRecord record = Handovers.put(context, place, own, Scope.detect(place), values);
            EnvVars environment = new EnvVars(variable, record.secret);
            context.newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(context.get(EnvironmentExpander.class), EnvironmentExpander.constant(environment)))
                    .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), new MaskedValues(values)))
                    .withCallback(new Removal(record.secret))
                    .start();
        }

        private final class Removal extends TailCall {
            private static final long serialVersionUID = 1L;

            private final String secret;

            Removal(String secret) {
                this.secret = secret;
            }

            /** What cannot be removed now is removed when the build ends. */
            @Override
            protected void finished(StepContext context) throws Exception {
                try {
                    HandoverRecords.get().removeNow(context.get(Run.class), secret);
                } catch (IOException | KubernetesException | RuntimeException e) {
                    context.get(TaskListener.class).error(FUNCTION + ": the Secret is still there: " + e.getMessage());
                }
            }
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
            return Messages.WithHandoverSecretStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return String.valueOf(namedArgs.get("name"));
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }
    }
}
