package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code offerObmCreds(ip: …)}: whoever has the permission for it is shown the log-in of a BMC on a page of the build. The build knows
 * only which device it is; see {@link ObmCredsOffers}.
 */
public final class OfferObmCredsStep extends ObmDeviceStep {
    private static final Duration LONGEST = Duration.ofDays(1);

    private int minutes = 15;

    @DataBoundConstructor
    public OfferObmCredsStep() {}

    /** How long it is still shown after the end of the build. */
    public int getMinutes() {
        return minutes;
    }

    @DataBoundSetter
    public void setMinutes(int minutes) {
        this.minutes = minutes;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (minutes < 0 || minutes > LONGEST.toMinutes()) {
            throw new AbortException("offerObmCreds: minutes: " + minutes + "; expected 0 to " + LONGEST.toMinutes());
        }
        return new Execution(context, lookup("offerObmCreds"), minutes);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Void> {
        private static final long serialVersionUID = 1L;

        private final ObmLookup lookup;
        private final int minutes;

        Execution(StepContext context, ObmLookup lookup, int minutes) {
            super(context);
            this.lookup = lookup;
            this.minutes = minutes;
        }

        @Override
        protected Void run() throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            try {
                lookup.check();
            } catch (InvalidFieldException e) {
                throw new AbortException("offerObmCreds: " + e.getMessage());
            }
            ObmCredsOffers.add(run, lookup, Duration.ofMinutes(minutes));
            String link = HyperlinkNote.encodeTo("/" + run.getUrl() + ObmCredsOffers.URL + "/", run.getUrl() + ObmCredsOffers.URL);
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("offerObmCreds: " + lookup + ": for those who may be shown it, at " + link + ", until " + minutes
                            + " minutes after the end of this build");
            return null;
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "offerObmCreds";
        }

        @Override
        public String getDisplayName() {
            return Messages.OfferObmCredsStep_displayName();
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
