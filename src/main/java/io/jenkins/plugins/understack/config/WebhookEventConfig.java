package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code events} of a webhook source: an end point. */
public final class WebhookEventConfig extends EventConfig<WebhookEventConfig> {
    private final String path;
    private String method = "POST";
    private WebhookAuthenticationConfig authentication;

    @DataBoundConstructor
    public WebhookEventConfig(String name, String path) {
        super(name);
        this.path = path;
    }

    public String getPath() {
        return path;
    }

    public String getMethod() {
        return method;
    }

    @DataBoundSetter
    public void setMethod(String method) {
        this.method = method;
    }

    public WebhookAuthenticationConfig getAuthentication() {
        return authentication;
    }

    @DataBoundSetter
    public void setAuthentication(WebhookAuthenticationConfig authentication) {
        this.authentication = authentication;
    }

    WebhookEvent toCore() {
        return new WebhookEvent(
                getName(),
                path,
                method,
                authentication == null ? null : authentication.toCore(),
                identity(),
                getMaxPayloadSize(),
                metadata());
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<WebhookEventConfig> {
        public ListBoxModel doFillMethodItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("POST"),
                    new ListBoxModel.Option("GET"),
                    new ListBoxModel.Option("PUT"),
                    new ListBoxModel.Option("PATCH"),
                    new ListBoxModel.Option("DELETE"));
        }
    }
}
