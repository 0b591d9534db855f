package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.ApiPath;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * All pages of a list as one: {@code {"nodes": […]}}. What comes next stands in {@code next} (Ironic, Glance), {@code links.next}
 * (Keystone) or {@code nodes_links} (Nova, Neutron, Cinder). It is followed below the endpoint of the same service and nowhere else,
 * because the token goes with it.
 */
final class Pages {
    private static final int MAX_PAGES = 1000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final OpenstackClient client;
    private final Duration timeout;

    Pages(OpenstackClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    ObjectNode gather(OpenstackQuery query) throws OpenstackException, InterruptedException {
        String what = client.label() + " " + query;
        ArrayNode items = Json.MAPPER.createArrayNode();
        String list = null;
        Set<String> asked = new HashSet<>();
        long bytes = 0;
        for (String uri = query.uri(); uri != null; ) {
            if (!asked.add(uri)) {
                throw new OpenstackException(what + ": the pages go round in circles; page " + asked.size() + " leads back to " + uri);
            }
            OpenstackClient.Reply page = client.send(query.at(uri), null, timeout);
            list = list(what, page.json());
            bytes += page.bytes();
            if (asked.size() > MAX_PAGES || bytes > MAX_BYTES) {
                throw new OpenstackException(what + ": the list is longer than " + MAX_PAGES + " pages or " + MAX_BYTES
                        + " bytes; ask for less, or for larger pages with limit");
            }
            items.addAll((ArrayNode) page.json().path(list));
            uri = next(what, page.endpoint(), page.json(), list);
        }
        ObjectNode whole = Json.MAPPER.createObjectNode();
        whole.set(list, items);
        return whole;
    }

    /** The name of the list in an answer. */
    private static String list(String what, JsonNode page) throws OpenstackException {
        List<String> names = page.properties().stream()
                .filter(field -> field.getValue().isArray() && !field.getKey().endsWith("links"))
                .map(Map.Entry::getKey)
                .toList();
        if (names.size() != 1) {
            throw new OpenstackException(what + ": the answer is no list; expected one where all is set");
        }
        return names.get(0);
    }

    /** What follows the endpoint of the next page; null after the last. */
    private static String next(String what, String endpoint, JsonNode page, String list) throws OpenstackException {
        String next = StreamSupport.stream(page.path(list + "_links").spliterator(), false)
                .filter(link -> link.path("rel").asText().equals("next"))
                .map(link -> link.path("href").asText())
                .findFirst()
                .orElse(page.path("next").asText(page.path("links").path("next").asText(null)));
        if (next == null) {
            return null;
        }
        URI base = URI.create(endpoint + "/");
        try {
            URI target = base.resolve(next);
            if (!ApiPath.origin(target).equals(ApiPath.origin(base))) {
                throw new OpenstackException(what + ": the next page is at " + ApiPath.origin(target) + "; expected "
                        + ApiPath.origin(base) + ", because the token goes with it (the service needs its public endpoint configured)");
            }
            if (!String.valueOf(target.getRawPath()).startsWith(base.getRawPath())) {
                throw new OpenstackException(what + ": the next page has the path " + target.getRawPath() + "; expected one below " + endpoint);
            }
            String uri = target.getRawPath().substring(base.getRawPath().length() - 1)
                    + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
            ApiPath.check("the endpoint", uri, "/v1/nodes");
            return uri;
        } catch (InvalidFieldException e) {
            throw new OpenstackException(what + ": the next page is refused: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new OpenstackException(what + ": the address of the next page is no URL");
        }
    }
}
