package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.understack.core.http.RestArguments;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code nautobotGraphql(query: …, variables: […])}: returns {@code data} of the answer as maps and lists. */
public final class NautobotGraphqlStep extends NautobotStep {
    private final String query;
    private Object variables;

    @DataBoundConstructor
    public NautobotGraphqlStep(String query) {
        this.query = query;
    }

    public String getQuery() {
        return query;
    }

    /** A map; or a string of JSON, which is what the snippet generator's form has. */
    public Object getVariables() {
        return variables;
    }

    @DataBoundSetter
    public void setVariables(Object variables) {
        this.variables = variables instanceof CharSequence text ? Util.fixEmptyAndTrim(text.toString()) : variables;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        JsonNode json = checked(() -> RestArguments.json("variables", variables));
        return new Execution(context, this, new Ask(query, json == null ? null : json.toString()));
    }

    private static final class Ask implements Question {
        private static final long serialVersionUID = 1L;

        private final String query;
        private final String variables;

        Ask(String query, String variables) {
            this.query = query;
            this.variables = variables;
        }

        @Override
        public JsonNode ask(NautobotClient nautobot, Duration timeout) throws Exception {
            return nautobot.graphql(query, RestArguments.json("variables", variables), timeout);
        }

        @Override
        public boolean isRepeatable() {
            // Nautobot's GraphQL only reads.
            return true;
        }
    }

    @Extension
    public static final class DescriptorImpl extends NautobotStepDescriptor {
        @Override
        public String getFunctionName() {
            return "nautobotGraphql";
        }

        @Override
        public String getDisplayName() {
            return Messages.NautobotGraphqlStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            // The variables stay out of the list of steps.
            return Objects.toString(namedArgs.get("query"), "").strip().lines().findFirst().orElse(null);
        }
    }
}
