package io.jenkins.plugins.understack.kubernetes;

import hudson.Util;
import io.jenkins.plugins.understack.core.kubernetes.SecretData;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** What goes into a Kubernetes Secret, and where that is. */
@Restricted(NoExternalUse.class)
public abstract class HandoverStep extends Step {
    private final String name;
    private Object data;
    private String credentials;
    private String namespace;

    HandoverStep(String name) {
        this.name = name;
    }

    public final String getName() {
        return name;
    }

    /** Lines of text from a form; a {@link SecretData} from a Pipeline. */
    public final Object getData() {
        return data;
    }

    @DataBoundSetter
    public final void setData(Object data) {
        this.data = data instanceof CharSequence text ? Util.fixEmptyAndTrim(text.toString()) : data;
    }

    public final String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public final void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    public final String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public final void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** The data, out of what Jenkins keeps of the step's arguments; null where there is none. */
    final SecretData hidden(StepContext context, String function) throws Exception {
        return HandoverArguments.hidden(context, function, data);
    }
}
