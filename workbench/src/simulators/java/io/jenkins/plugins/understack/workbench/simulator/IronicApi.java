package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Ironic answers, from its nodes and what belongs to them. Thread-safe. */
final class IronicApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IronicNodes nodes;
    private final Map<String, List<ObjectNode>> ports = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> inventories = new ConcurrentHashMap<>();
    private final Map<String, String> runbooks = new ConcurrentHashMap<>();
    private volatile String pagesAt;

    /** @param url that the addresses of further pages begin with */
    IronicApi(IronicNodes nodes, String url) {
        this.nodes = nodes;
        this.pagesAt = url;
    }

    void port(String node, String address, String biosName, boolean pxe) {
        ObjectNode port = JSON.createObjectNode().put("address", address).put("pxe_enabled", pxe).put("physical_network", pxe ? "f20-1" : "enrol");
        port.putObject("extra").put("bios_name", biosName);
        ports.computeIfAbsent(node, key -> new CopyOnWriteArrayList<>()).add(port);
    }

    void runbook(String name, String uuid) {
        runbooks.put(name, uuid);
    }

    void inventory(String node, JsonNode inventory) {
        inventories.put(node, inventory);
    }

    void pagesAt(String url) {
        pagesAt = url;
    }

    record Answer(int status, JsonNode body) {}

    /** As Ironic wraps it: JSON in a text in JSON. */
    static ObjectNode error(String message) {
        return JSON.createObjectNode()
                .put("error_message", JSON.createObjectNode().put("faultcode", "Client").put("faultstring", message).toString());
    }

    /** @param path below {@code /v1/} */
    synchronized Answer answer(HttpExchange exchange, String[] path, String body) throws IOException {
        String method = exchange.getRequestMethod();
        JsonNode sent = body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String needed = needed(path, sent);
        if (minor(exchange.getRequestHeaders().getFirst("X-OpenStack-Ironic-API-Version")) < minor(needed)) {
            return new Answer(406, error("this needs the microversion " + needed));
        }
        if (path[0].equals("runbooks") && path.length == 2) {
            String uuid = runbooks.get(path[1]);
            return uuid == null
                    ? new Answer(404, error("Runbook " + path[1] + " could not be found."))
                    : new Answer(200, JSON.createObjectNode().put("uuid", uuid).put("name", path[1]));
        }
        if (!path[0].equals("nodes")) {
            return new Answer(404, error("Not found."));
        }
        if (path.length == 1) {
            return method.equals("POST") ? new Answer(201, shown(nodes.create(sent), null)) : new Answer(200, list(query));
        }
        ObjectNode node = nodes.find(path[1]);
        if (node == null) {
            return new Answer(404, error("Node " + path[1] + " could not be found."));
        }
        return switch (method + " " + String.join("/", List.of(path).subList(2, path.length))) {
            case "GET " -> new Answer(200, shown(node, query.get("fields")));
            case "PATCH " -> {
                IronicNodes.patch(node, (ArrayNode) sent);
                yield new Answer(200, shown(node, null));
            }
            case "GET traits" -> new Answer(200, JSON.createObjectNode().set("traits", node.path("traits")));
            case "GET ports" -> new Answer(200, JSON.createObjectNode()
                    .set("ports", JSON.valueToTree(ports.getOrDefault(node.path("name").asText(), List.of()))));
            case "GET inventory" -> new Answer(200, inventories.getOrDefault(node.path("name").asText(), JSON.createObjectNode()));
            case "PUT states/raid" -> {
                node.set("target_raid_config", sent);
                yield new Answer(204, null);
            }
            case "PUT states/provision" -> {
                String refusal = nodes.provision(node, sent);
                yield refusal == null
                        ? new Answer(202, null)
                        : new Answer(Integer.parseInt(refusal.substring(0, 3)), error(refusal.substring(4)));
            }
            default -> new Answer(404, error("Not found."));
        };
    }

    /** The microversion that has brought what is asked for. */
    private static String needed(String[] path, JsonNode sent) {
        if (path[0].equals("runbooks") || sent.has("runbook")) {
            return "1.92";
        }
        if (sent.has("disable_ramdisk")) {
            return "1.70";
        }
        return path.length == 3 && path[2].equals("traits") ? "1.37" : sent.has("boot_interface") || sent.has("inspect_interface") ? "1.31" : "1.1";
    }

    private static int minor(String version) {
        return version == null ? 1 : Integer.parseInt(version.substring(2));
    }

    /** Whether secrets show is a matter of policy; usually they do not. */
    private static ObjectNode shown(ObjectNode node, String fields) {
        ObjectNode copy = node.deepCopy();
        if (copy.path("driver_info").has("redfish_password")) {
            copy.withObjectProperty("driver_info").put("redfish_password", "******");
        }
        return fields == null ? copy : copy.retain(List.of(fields.split(",")));
    }

    private ObjectNode list(Map<String, String> query) {
        List<ObjectNode> all = new ArrayList<>(nodes.all());
        int first = 0;
        for (int i = 0; i < all.size(); i++) {
            first = all.get(i).path("uuid").asText().equals(query.get("marker")) ? i + 1 : first;
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        List<ObjectNode> page = all.subList(first, Math.min(all.size(), first + limit));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("nodes");
        page.forEach(node -> list.add(shown(node, "uuid,name,provision_state")));
        if (first + limit < all.size()) {
            answer.put("next", pagesAt + "/v1/nodes?limit=" + limit + "&marker="
                    + page.get(page.size() - 1).path("uuid").asText());
        }
        return answer;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
