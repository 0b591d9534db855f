package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code nautobotQuery(uri: …)}: one request to Nautobot's REST API; returns the JSON of the answer as maps and lists. */
public final class NautobotQueryStep extends Step {
    private final String uri;
    private String method = "GET";
    private Object body;
    private int timeoutSeconds;

    @DataBoundConstructor
    public NautobotQueryStep(String uri) {
        this.uri = uri;
    }

    public String getUri() {
        return uri;
    }

    public String getMethod() {
        return method;
    }

    @DataBoundSetter
    public void setMethod(String method) {
        this.method = Util.fixEmptyAndTrim(method) == null ? "GET" : method.strip();
    }

    /** A map or list, sent as JSON; or a string of JSON, which is what the snippet generator's form has. */
    public Object getBody() {
        return body;
    }

    @DataBoundSetter
    public void setBody(Object body) {
        // Also Groovy's GString.
        this.body = body instanceof CharSequence text ? Util.fixEmptyAndTrim(text.toString()) : body;
    }

    /** 0 for the timeout of the global configuration. */
    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = Math.max(0, timeoutSeconds);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, method, uri, body == null ? null : json().toString(), timeoutSeconds);
    }

    private JsonNode json() throws AbortException {
        try {
            return body instanceof String text ? Json.parse(text) : Json.fromPlain("body", body);
        } catch (MalformedEventException e) {
            throw new AbortException("nautobotQuery: body " + e.getMessage());
        } catch (InvalidFieldException e) {
            throw new AbortException("nautobotQuery: " + e.getMessage());
        }
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final String method;
        private final String uri;
        private final String body;
        private final int timeoutSeconds;

        Execution(StepContext context, String method, String uri, String body, int timeoutSeconds) {
            super(context);
            this.method = method;
            this.uri = uri;
            this.body = body;
            this.timeoutSeconds = timeoutSeconds;
        }

        @Override
        protected Object run() throws Exception {
            NautobotConfig config = UnderstackConfiguration.get().getNautobot();
            if (config == null) {
                throw new AbortException("nautobotQuery: no Nautobot is configured; see Manage Jenkins, System, UnderStack");
            }
            NautobotSettings settings = config.toCore();
            NautobotClient client = new NautobotClient(
                    settings, new JenkinsSecrets(getContext().get(Run.class)), NautobotHttp.client(settings.timeout()));
            try {
                return Json.plain(client.query(
                        method,
                        uri,
                        body == null ? null : Json.parse(body),
                        timeoutSeconds == 0 ? null : Duration.ofSeconds(timeoutSeconds)));
            } catch (NautobotException e) {
                // Says everything in its message; a stack trace in the build log would help nobody.
                throw new AbortException(e.getMessage());
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "nautobotQuery";
        }

        @Override
        public String getDisplayName() {
            return Messages.NautobotQueryStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            // The body stays out of the list of steps.
            return namedArgs.getOrDefault("method", "GET") + " " + namedArgs.get("uri");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class);
        }

        public ListBoxModel doFillMethodItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("GET"),
                    new ListBoxModel.Option("POST"),
                    new ListBoxModel.Option("PUT"),
                    new ListBoxModel.Option("PATCH"),
                    new ListBoxModel.Option("DELETE"));
        }
    }
}
