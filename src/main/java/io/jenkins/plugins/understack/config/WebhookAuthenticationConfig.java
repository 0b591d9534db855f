package io.jenkins.plugins.understack.config;

import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How callers of a webhook prove themselves: {@code hmac}, {@code bearer} or {@code none}. */
@Restricted(NoExternalUse.class)
public abstract class WebhookAuthenticationConfig extends AbstractDescribableImpl<WebhookAuthenticationConfig> {
    abstract WebhookAuthentication toCore();
}
