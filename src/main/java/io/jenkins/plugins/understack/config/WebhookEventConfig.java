package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code events} of a webhook source: an end point. */
public final class WebhookEventConfig extends AbstractDescribableImpl<WebhookEventConfig> {
    private final String name;
    private final String path;
    private String method = "POST";
    private WebhookAuthenticationConfig authentication;
    private String idHeader;
    private String idPath;
    private long maxPayloadSize = WebhookEvent.DEFAULT_MAX_PAYLOAD_SIZE;
    private String metadata;

    @DataBoundConstructor
    public WebhookEventConfig(String name, String path) {
        this.name = name;
        this.path = path;
    }

    public String getName() {
        return name;
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

    public String getIdHeader() {
        return idHeader;
    }

    @DataBoundSetter
    public void setIdHeader(String idHeader) {
        this.idHeader = Util.fixEmptyAndTrim(idHeader);
    }

    public String getIdPath() {
        return idPath;
    }

    @DataBoundSetter
    public void setIdPath(String idPath) {
        this.idPath = Util.fixEmptyAndTrim(idPath);
    }

    public long getMaxPayloadSize() {
        return maxPayloadSize;
    }

    @DataBoundSetter
    public void setMaxPayloadSize(long maxPayloadSize) {
        this.maxPayloadSize = maxPayloadSize;
    }

    public String getMetadata() {
        return metadata;
    }

    @DataBoundSetter
    public void setMetadata(String metadata) {
        this.metadata = Util.fixEmptyAndTrim(metadata);
    }

    WebhookEvent toCore() {
        return new WebhookEvent(
                name,
                path,
                method,
                authentication == null ? null : authentication.toCore(),
                EventIdentity.of(idHeader, idPath),
                maxPayloadSize,
                KeyValueLines.parseText("metadata", metadata));
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
