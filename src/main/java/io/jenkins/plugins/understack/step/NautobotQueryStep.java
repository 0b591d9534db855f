package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.http.RestArguments;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotQuery;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code nautobotQuery(uri: …)}: a request to Nautobot's REST API; returns the JSON of the answer as maps and lists. */
public final class NautobotQueryStep extends NautobotStep {
    private final String uri;
    private String method = "GET";
    private Object query;
    private Object body;
    private boolean all;

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

    /** A map; or what cannot be one, for which the step fails. */
    public Object getQuery() {
        return query;
    }

    /** The form of the snippet generator has lines of {@code key: value}; a Pipeline gives a map. */
    @DataBoundSetter
    public void setQuery(Object query) {
        this.query = QueryLines.read(query);
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

    public boolean isAll() {
        return all;
    }

    @DataBoundSetter
    public void setAll(boolean all) {
        this.all = all;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        NautobotQuery checked = checked(() -> NautobotQuery.of(method, uri, query, body, all));
        String json = checked.body() == null ? null : checked.body().toString();
        return new Execution(context, this, new Ask(checked.method(), checked.uri(), json, all));
    }

    private static final class Ask implements Question {
        private static final long serialVersionUID = 1L;

        private final String method;
        private final String uri;
        private final String body;
        private final boolean all;

        Ask(String method, String uri, String body, boolean all) {
            this.method = method;
            this.uri = uri;
            this.body = body;
            this.all = all;
        }

        @Override
        public JsonNode ask(NautobotClient nautobot, Duration timeout) throws Exception {
            return nautobot.query(new NautobotQuery(method, uri, RestArguments.json("body", body), all), timeout);
        }

        @Override
        public boolean isRepeatable() {
            return method.equals("GET");
        }
    }

    @Extension
    public static final class DescriptorImpl extends NautobotStepDescriptor {
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
            Object query = namedArgs.get("query");
            return namedArgs.getOrDefault("method", "GET") + " " + namedArgs.get("uri") + (query == null ? "" : " " + query);
        }

        /** The query as the form shows it. */
        public String lines(Object query) {
            return QueryLines.write(query);
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
