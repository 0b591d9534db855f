package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.nautobot.NautobotHttp;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** What the steps that ask a Nautobot have in common: which one, how long they wait, and that they wait beside the Pipeline. */
public abstract class NautobotStep extends Step {
    private String nautobot;
    private int timeoutSeconds;

    /** Null for the only one, or the one named {@code default}. */
    public String getNautobot() {
        return nautobot;
    }

    @DataBoundSetter
    public void setNautobot(String nautobot) {
        this.nautobot = Util.fixEmptyAndTrim(nautobot);
    }

    /** 0 for the timeout of the global configuration. */
    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = Math.max(0, timeoutSeconds);
    }

    /** Arguments that a script got wrong; a stack trace in the build log would help nobody. */
    <T> T checked(Supplier<T> arguments) throws AbortException {
        try {
            return arguments.get();
        } catch (InvalidFieldException e) {
            throw new AbortException(getDescriptor().getFunctionName() + ": " + e.getMessage());
        }
    }

    /** What is asked; survives a restart of the controller. */
    interface Question extends Serializable {
        /** @param timeout null for that of the configuration */
        JsonNode ask(NautobotClient nautobot, Duration timeout) throws Exception;

        /** Whether it may be asked again after a restart of the controller that left open what became of it. */
        boolean isRepeatable();
    }

    /** Asks in a thread of its own, so that the thread that runs Pipelines never waits. */
    static final class Execution extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final Question question;
        private final String step;
        private final String nautobot;
        private final int timeoutSeconds;

        Execution(StepContext context, NautobotStep step, Question question) {
            super(context);
            this.question = question;
            this.step = step.getDescriptor().getFunctionName();
            this.nautobot = step.nautobot;
            this.timeoutSeconds = step.timeoutSeconds;
        }

        @Override
        protected Object run() throws Exception {
            TaskListener listener = getContext().get(TaskListener.class);
            Duration timeout = timeoutSeconds == 0 ? null : Duration.ofSeconds(timeoutSeconds);
            NautobotClient client;
            try {
                client = NautobotHttp.connect(
                        UnderstackConfiguration.get().nautobots().pick(nautobot),
                        getContext().get(Run.class),
                        listener.getLogger()::println);
            } catch (NautobotException | InvalidFieldException e) {
                throw new AbortException(step + ": " + e.getMessage());
            }
            try {
                return Json.plain(question.ask(client, timeout));
            } catch (NautobotException e) {
                // Says everything in its message; a stack trace in the build log would help nobody.
                throw new AbortException(e.getMessage());
            } catch (InvalidFieldException e) {
                throw new AbortException(step + ": " + e.getMessage());
            }
        }

        @Override
        public void onResume() {
            if (!question.isRepeatable()) {
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

    /** Public, so that Stapler finds what the form asks. */
    public abstract static class NautobotStepDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** Names only for those who may write Pipelines. */
        @POST
        public ComboBoxModel doFillNautobotItems(@AncestorInPath Item item) {
            boolean allowed = item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            return allowed
                    ? new ComboBoxModel(UnderstackConfiguration.get().nautobots().all().stream()
                            .map(NautobotSettings::name)
                            .toList())
                    : new ComboBoxModel();
        }
    }
}
