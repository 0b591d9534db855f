package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.understack.check.SourceFields;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code webhook: {name, events}}: end points below {@code /understack/<name>/}. */
public final class WebhookEventSourceConfig extends EventSourceConfig {
    private List<WebhookEventConfig> events = new ArrayList<>();

    @DataBoundConstructor
    public WebhookEventSourceConfig(String name) {
        super(name);
    }

    public List<WebhookEventConfig> getEvents() {
        return events;
    }

    @DataBoundSetter
    public void setEvents(List<WebhookEventConfig> events) {
        this.events = Lists.copy(events);
    }

    @Override
    public WebhookEventSource toCore() {
        return new WebhookEventSource(getName(), Lists.map("events", events, WebhookEventConfig::toCore), rules());
    }

    @Extension
    @Symbol("webhook")
    public static final class DescriptorImpl extends Descriptor<EventSourceConfig> implements SourceFields {
        @Override
        public String getDisplayName() {
            return Messages.WebhookEventSourceConfig_displayName();
        }
    }
}
