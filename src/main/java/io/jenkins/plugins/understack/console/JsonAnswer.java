package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.util.function.Function;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** 200 with JSON that nobody keeps. */
final class JsonAnswer implements HttpResponse {
    private final JsonNode json;
    private String next;

    JsonAnswer(JsonNode json) {
        this.json = json;
    }

    /** An array of what {@code element} makes of each. */
    static <T> JsonAnswer array(Iterable<T> all, Function<T, ? extends JsonNode> element) {
        var array = Json.OWN.createArrayNode();
        all.forEach(one -> array.add(element.apply(one)));
        return new JsonAnswer(array);
    }

    /** @param query of the request that goes on; null for none. A header, by RFC 8288. */
    JsonAnswer next(String query) {
        next = query;
        return this;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (next != null) {
            response.setHeader("Link", "<" + next + ">; rel=\"next\"");
        }
        Json.OWN.writeValue(response.getOutputStream(), json);
    }
}
