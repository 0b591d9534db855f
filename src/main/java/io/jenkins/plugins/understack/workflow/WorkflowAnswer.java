package io.jenkins.plugins.understack.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * JSON that nobody keeps.
 *
 * @param again where to ask for what becomes of it, relative to {@code api/workflows/}; or null
 */
record WorkflowAnswer(int status, JsonNode json, String again) implements HttpResponse {
    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (again != null) {
            response.setHeader("Location", request.getContextPath() + "/manage/understack-events/api/workflows/" + again);
            response.setHeader("Retry-After", "1");
        }
        Json.OWN.writeValue(response.getOutputStream(), json);
    }
}
