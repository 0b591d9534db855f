package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.credentials.BuildCredentials;
import io.jenkins.plugins.understack.credentials.ObmCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.impl.BindingStep;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code withObmCreds(hostname: …) {…}} or {@code withObmCreds(credentials: …) {…}}: the log-in of a BMC as environment variables.
 * Masking, also after a restart, is that of {@code withCredentials}, which does the work.
 */
public final class WithObmCredsStep extends ObmDeviceStep {
    static final String USERNAME_VARIABLE = "OBM_USERNAME";
    static final String PASSWORD_VARIABLE = "OBM_PASSWORD";

    /** POSIX, base definitions, 8.1. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private String credentials;
    private String usernameVariable = USERNAME_VARIABLE;
    private String passwordVariable = PASSWORD_VARIABLE;

    @DataBoundConstructor
    public WithObmCredsStep() {}

    /** What getObmCreds returned, or the id of a credential. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    public String getUsernameVariable() {
        return usernameVariable;
    }

    @DataBoundSetter
    public void setUsernameVariable(String usernameVariable) {
        this.usernameVariable = Objects.requireNonNullElse(Util.fixEmptyAndTrim(usernameVariable), USERNAME_VARIABLE);
    }

    public String getPasswordVariable() {
        return passwordVariable;
    }

    @DataBoundSetter
    public void setPasswordVariable(String passwordVariable) {
        this.passwordVariable = Objects.requireNonNullElse(Util.fixEmptyAndTrim(passwordVariable), PASSWORD_VARIABLE);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        checkVariable("usernameVariable", usernameVariable);
        checkVariable("passwordVariable", passwordVariable);
        ObmLookup lookup = lookup("withObmCreds");
        if (credentials != null && lookup.isGiven()) {
            throw new AbortException("withObmCreds: credentials is given together with a device; expected one of them");
        }
        return new Execution(context, lookup, credentials, usernameVariable, passwordVariable);
    }

    private static void checkVariable(String field, String name) throws AbortException {
        if (!VARIABLE.matcher(name).matches()) {
            throw new AbortException(
                    "withObmCreds: " + field + ": \"" + name + "\" is no name of a variable; expected letters, digits and '_', no digit first");
        }
    }

    private static final class Execution extends GeneralNonBlockingStepExecution {
        private static final long serialVersionUID = 1L;

        private final ObmLookup lookup;
        private final String credentials;
        private final String usernameVariable;
        private final String passwordVariable;

        Execution(StepContext context, ObmLookup lookup, String credentials, String usernameVariable, String passwordVariable) {
            super(context);
            this.lookup = lookup;
            this.credentials = credentials;
            this.usernameVariable = usernameVariable;
            this.passwordVariable = passwordVariable;
        }

        @Override
        public boolean start() {
            run(this::bind);
            return false;
        }

        private void bind() throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            String id = credentials == null ? BuildCredentials.add(run, lookup.toString(), lookup.find(run)) : known();
            new BindingStep(List.of(new UsernamePasswordMultiBinding(usernameVariable, passwordVariable, id)))
                    .start(getContext())
                    .start();
        }

        private String known() throws IOException, InterruptedException {
            try {
                return ObmCredentials.bindable(getContext(), credentials);
            } catch (ObmCredentialException e) {
                throw new AbortException("withObmCreds: " + e.getMessage());
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "withObmCreds";
        }

        @Override
        public String getDisplayName() {
            return Messages.WithObmCredsStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            return summary(namedArgs);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
