package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.ApiPath;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * All pages of a list as one: {@code {"count": n, "next": null, "previous": null, "results": […]}}, the form of a list that has
 * one page only, where the count is that of the results. Follows {@code next} below the {@code /api} of the same Nautobot and
 * nowhere else, because the token goes with it.
 */
final class Pages {
    private static final int MAX_PAGES = 1000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final NautobotClient client;
    private final Duration timeout;

    Pages(NautobotClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    ObjectNode gather(NautobotQuery query) throws NautobotException, InterruptedException {
        String what = client.label() + " GET " + query.uri();
        ArrayNode results = Json.MAPPER.createArrayNode();
        Set<String> asked = new HashSet<>();
        long bytes = 0;
        for (String uri = query.uri(); uri != null; ) {
            if (!asked.add(uri)) {
                throw new NautobotException(what + ": the pages go round in circles; page " + asked.size() + " leads back to " + uri);
            }
            NautobotClient.Reply page = client.send(new NautobotQuery("GET", uri, query.body(), false), timeout);
            if (!page.json().path("results").isArray()) {
                throw new NautobotException(what + ": the answer is no list with results; expected a list where all is set");
            }
            bytes += page.bytes();
            if (asked.size() > MAX_PAGES || bytes > MAX_BYTES) {
                throw new NautobotException(what + ": the list is longer than " + MAX_PAGES + " pages or " + MAX_BYTES
                        + " bytes; ask for less, or for larger pages with limit");
            }
            results.addAll((ArrayNode) page.json().path("results"));
            uri = next(what, page.json().path("next"));
        }
        ObjectNode whole = Json.MAPPER.createObjectNode().put("count", results.size()).putNull("next").putNull("previous");
        whole.set("results", results);
        return whole;
    }

    /** What follows {@code /api} of the next page; null after the last. */
    private String next(String what, JsonNode next) throws NautobotException {
        if (next.isNull() || next.isMissingNode()) {
            return null;
        }
        URI base = URI.create(client.settings().url() + "/api/");
        try {
            URI target = base.resolve(next.asText());
            if (!ApiPath.origin(target).equals(ApiPath.origin(base))) {
                throw new NautobotException(what + ": the next page is at " + ApiPath.origin(target) + "; expected " + ApiPath.origin(base)
                        + ", because the token goes with it (behind a proxy, Nautobot needs X-Forwarded-Proto and -Host)");
            }
            String api = base.getRawPath().substring(0, base.getRawPath().length() - 1);
            if (!String.valueOf(target.getRawPath()).startsWith(base.getRawPath())) {
                throw new NautobotException(what + ": the next page has the path " + target.getRawPath() + "; expected one below " + api);
            }
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return new NautobotQuery("GET", target.getRawPath().substring(api.length()) + query, null, false).uri();
        } catch (InvalidFieldException e) {
            throw new NautobotException(what + ": the next page is refused: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new NautobotException(what + ": the address of the next page is no URL");
        }
    }
}
