package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.RestArguments;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.openstack.BodyLogin;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.core.openstack.OpenstackQuery;
import io.jenkins.plugins.understack.credentials.ObmCredentials;
import io.jenkins.plugins.understack.openstack.OpenstackHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code openstackQuery(service: …, uri: …)}: a request to a service of OpenStack; returns the JSON of the answer as maps and lists. */
public final class OpenstackQueryStep extends OpenstackStep {
    private final String service;
    private final String uri;
    private String method = "GET";
    private Object query;
    private Object body;
    private String microversion;
    private String credentials;
    private boolean all;
    private boolean optional;
    private int timeoutSeconds;

    @DataBoundConstructor
    public OpenstackQueryStep(String service, String uri) {
        this.service = Util.fixEmptyAndTrim(service);
        this.uri = uri;
    }

    public String getService() {
        return service;
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

    public String getMicroversion() {
        return microversion;
    }

    @DataBoundSetter
    public void setMicroversion(String microversion) {
        this.microversion = Util.fixEmptyAndTrim(microversion);
    }

    /** What {@code $USERNAME} and {@code $PASSWORD} in the body stand for; null where nothing is replaced. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    public boolean isAll() {
        return all;
    }

    @DataBoundSetter
    public void setAll(boolean all) {
        this.all = all;
    }

    /** Null instead of a failure where there is no such thing. */
    public boolean isOptional() {
        return optional;
    }

    @DataBoundSetter
    public void setOptional(boolean optional) {
        this.optional = optional;
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
    public StepExecution start(StepContext context) throws AbortException {
        OpenstackQuery checked = checked(() -> OpenstackQuery.of(service, method, uri, query, body, microversion, all, optional));
        return new Execution(context, this, checked);
    }

    /** Asks in a thread of its own, so that the thread that runs Pipelines never waits. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final String service;
        private final String method;
        private final String uri;
        private final String body;
        private final String microversion;
        private final String credentials;
        private final boolean all;
        private final boolean optional;
        private final int timeoutSeconds;
        private final String cloud;

        Execution(StepContext context, OpenstackQueryStep step, OpenstackQuery query) {
            super(context);
            service = query.service();
            method = query.method();
            uri = query.uri();
            body = query.body() == null ? null : query.body().toString();
            microversion = query.microversion();
            credentials = step.credentials;
            all = step.all;
            optional = step.optional;
            timeoutSeconds = step.timeoutSeconds;
            cloud = step.getCloud();
        }

        @Override
        protected Object run() throws Exception {
            OpenstackQuery query =
                    new OpenstackQuery(service, method, uri, RestArguments.json("body", body), microversion, all, optional);
            Duration timeout = timeoutSeconds == 0 ? null : Duration.ofSeconds(timeoutSeconds);
            TaskListener listener = getContext().get(TaskListener.class);
            try {
                JsonNode answer = OpenstackHttp.connect(
                                UnderstackConfiguration.get().clouds().pick(cloud),
                                getContext().get(Run.class),
                                listener.getLogger()::println)
                        .query(query, bodyLogin(), timeout);
                return Json.plain(answer);
            } catch (OpenstackException e) {
                // Says everything in its message; a stack trace in the build log would help nobody.
                throw new AbortException(e.getMessage());
            } catch (ObmCredentialException | InvalidFieldException e) {
                throw new AbortException("openstackQuery: " + e.getMessage());
            }
        }

        private BodyLogin bodyLogin() throws ObmCredentialException, IOException, InterruptedException {
            if (credentials == null) {
                return null;
            }
            ObmCredential login = ObmCredentials.ofReference(getContext(), credentials);
            return new BodyLogin(new UsernamePassword(login.user(), login.password()));
        }

        /** What reads is asked again after a restart; of what writes nobody knows what became of it. */
        @Override
        public void onResume() {
            if (!method.equals("GET")) {
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
    public static final class DescriptorImpl extends OpenstackStepDescriptor {
        @Override
        public String getFunctionName() {
            return "openstackQuery";
        }

        @Override
        public String getDisplayName() {
            return Messages.OpenstackQueryStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            // The body stays out of the list of steps.
            return namedArgs.get("service") + " " + namedArgs.getOrDefault("method", "GET") + " " + namedArgs.get("uri");
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
