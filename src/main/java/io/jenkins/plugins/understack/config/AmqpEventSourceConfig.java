package io.jenkins.plugins.understack.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.check.SourceFields;
import io.jenkins.plugins.understack.core.source.amqp.AmqpEventSource;
import io.jenkins.plugins.understack.credentials.CredentialChoice;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code amqp: {name, uri, credentialsId, tls, events}}. */
public final class AmqpEventSourceConfig extends EventSourceConfig {
    private final String uri;
    private String credentialsId;
    private AmqpTlsConfig tls;
    private List<AmqpEventConfig> events = new ArrayList<>();

    @DataBoundConstructor
    public AmqpEventSourceConfig(String name, String uri) {
        super(name);
        this.uri = uri;
    }

    public String getUri() {
        return uri;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public AmqpTlsConfig getTls() {
        return tls;
    }

    @DataBoundSetter
    public void setTls(AmqpTlsConfig tls) {
        this.tls = tls;
    }

    public List<AmqpEventConfig> getEvents() {
        return events;
    }

    @DataBoundSetter
    public void setEvents(List<AmqpEventConfig> events) {
        this.events = Lists.copy(events);
    }

    @Override
    public AmqpEventSource toCore() {
        return new AmqpEventSource(
                getName(),
                uri,
                credentialsId,
                tls == null ? null : tls.toCore(),
                Lists.map("events", events, event -> event.toCore(getName())),
                rules());
    }

    @Extension
    @Symbol("amqp")
    public static final class DescriptorImpl extends Descriptor<EventSourceConfig> implements SourceFields {
        @Override
        public String getDisplayName() {
            return Messages.AmqpEventSourceConfig_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StandardUsernamePasswordCredentials.class, credentialsId);
        }
    }
}
