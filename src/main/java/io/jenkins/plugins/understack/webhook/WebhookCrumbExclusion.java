package io.jenkins.plugins.understack.webhook;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Senders of webhooks have no crumb. Exactly the form of a webhook's URL is excluded, nothing else that Jenkins serves. */
@Extension
@Restricted(NoExternalUse.class)
public final class WebhookCrumbExclusion extends CrumbExclusion {
    private static final Pattern WEBHOOK = Pattern.compile("/" + WebhookRootAction.URL + "/[A-Za-z0-9._-]+(/[A-Za-z0-9._~-]+)+/?");

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        // A path such as /understack/a/../../job would be matched here and resolved elsewhere.
        if (path == null || path.contains("..") || !WEBHOOK.matcher(path).matches()) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
