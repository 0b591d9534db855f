package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.BaseUrl;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the services of a cloud are: fixed by its configuration, or by Keystone's catalogue (Identity API v3, "Service catalog"). */
final class Catalogue {
    private Catalogue() {}

    /**
     * The base URL of a service.
     *
     * @param token null without authentication
     */
    static String endpoint(Cloud cloud, Tokens.Token token, String service) throws OpenstackException {
        String fixed = cloud.endpoints().get(service);
        if (fixed != null) {
            return fixed;
        }
        if (token == null) {
            throw new OpenstackException("no endpoint is configured; expected one of " + cloud.endpoints().keySet());
        }
        Map<String, String> byRegion = new TreeMap<>();
        TreeSet<String> services = new TreeSet<>();
        for (JsonNode entry : token.catalogue()) {
            services.add(entry.path("type").asText());
            if (entry.path("type").asText().equals(service)) {
                for (JsonNode endpoint : entry.path("endpoints")) {
                    String region = endpoint.path("region_id").asText(endpoint.path("region").asText());
                    if (endpoint.path("interface").asText().equals(cloud.interfaceName())
                            && (cloud.region() == null || cloud.region().equals(region))) {
                        byRegion.put(region, endpoint.path("url").asText());
                    }
                }
            }
        }
        if (!services.contains(service)) {
            throw new OpenstackException("the catalogue has no such service; expected one of " + services);
        }
        if (byRegion.isEmpty()) {
            throw new OpenstackException("the catalogue has no " + cloud.interfaceName() + " endpoint"
                    + (cloud.region() == null ? "" : " in region " + cloud.region()) + "; correct interfaceName or region, or give endpoints");
        }
        if (byRegion.size() > 1) {
            throw new OpenstackException("the catalogue has endpoints in the regions " + byRegion.keySet() + "; expected region to name one");
        }
        try {
            return BaseUrl.check("url", byRegion.values().iterator().next(), "https://…");
        } catch (InvalidFieldException e) {
            throw new OpenstackException("the catalogue's " + e.getMessage());
        }
    }

    /** A version that both have, as in {@code https://ironic/v1} and {@code /v1/nodes}, is there once. */
    static String join(String endpoint, String uri) {
        String last = endpoint.substring(endpoint.lastIndexOf('/'));
        boolean both = last.matches("/v\\d+(\\.\\d+)?") && (uri.startsWith(last + "/") || uri.equals(last));
        return endpoint + (both ? uri.substring(last.length()) : uri);
    }
}
