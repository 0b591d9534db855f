package io.jenkins.plugins.understack.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponses.HttpResponseException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** 405. */
final class WrongMethod extends HttpResponseException {
    private static final long serialVersionUID = 1L;

    private final String allowed;

    WrongMethod(String allowed) {
        this.allowed = allowed;
    }

    /** For what only reads. */
    static void unlessGet(StaplerRequest2 request) {
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            throw new WrongMethod("GET, HEAD");
        }
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setHeader("Allow", allowed);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
}
