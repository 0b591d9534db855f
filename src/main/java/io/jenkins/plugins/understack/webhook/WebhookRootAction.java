package io.jenkins.plugins.understack.webhook;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAnswer;
import io.jenkins.plugins.understack.core.source.webhook.WebhookReceiver;
import io.jenkins.plugins.understack.core.source.webhook.WebhookRequest;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * {@code /understack/<source>/<path>}. Open to everybody, because the source decides who may send: by signature or token,
 * never by who is logged in.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class WebhookRootAction implements UnprotectedRootAction {
    static final String URL = "understack";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Stapler sends every path below {@code /understack} here. The method of the request is checked by the receiver. */
    @SuppressWarnings("lgtm[jenkins/csrf]") // authenticated by the source, see WebhookCrumbExclusion
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        String rest = request.getRestOfPath().replaceAll("^/+|/+$", "");
        int slash = rest.indexOf('/');
        Optional<WebhookReceiver> receiver = slash < 0
                ? Optional.empty()
                : Understack.get().receivers().webhook(rest.substring(0, slash));
        WebhookAnswer answer = receiver.isPresent()
                ? receiver.get()
                        .receive(new WebhookRequest(
                                request.getMethod(),
                                rest.substring(slash + 1),
                                request.getQueryString(),
                                headers(request),
                                request.getInputStream()))
                // While Jenkins starts there are no receivers yet.
                : Understack.get().isCompared() ? WebhookAnswer.NOT_FOUND : WebhookAnswer.UNAVAILABLE;
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(answer.body());
    }

    private static Map<String, List<String>> headers(StaplerRequest2 request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, new ArrayList<>(Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
