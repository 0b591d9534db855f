package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * An Ironic with what our workflows ask of it: nodes that go through its state machine, ports, traits, runbooks and inventories; and, where it does not stand
 * alone, the Keystone before it. On a free port of the loopback address: Keystone at {@code /identity}, Ironic at {@code /baremetal}. Thread-safe.
 */
public final class IronicSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IRONIC = "/baremetal";
    private static final String KEYSTONE = "/identity";

    private final KeystoneLogins logins;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Ironic simulator");
        thread.setDaemon(true);
        return thread;
    });
    private final IronicNodes nodes;
    private final Map<String, List<ObjectNode>> ports = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> inventories = new ConcurrentHashMap<>();
    private final Map<String, String> runbooks = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Queue<Integer> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> writeFaults = new ConcurrentLinkedQueue<>();
    private volatile boolean losesNextAnswer;
    private volatile String pagesAt;

    private IronicSimulator(Clock clock, KeystoneLogins logins) throws IOException {
        this.logins = logins;
        nodes = new IronicNodes(clock);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** One that takes requests from anybody. */
    public static IronicSimulator alone(Clock clock) throws IOException {
        return new IronicSimulator(clock, null);
    }

    /** @param user of the password, or id of the application credential */
    public static IronicSimulator behindKeystone(Clock clock, String user, String secret) throws IOException {
        return new IronicSimulator(clock, new KeystoneLogins(clock, user, secret));
    }

    /** Base URL of Ironic. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + IRONIC;
    }

    /** Base URL of Keystone. */
    public String authUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + KEYSTONE;
    }

    /** Adds a node. @return its UUID */
    public String node(String name, String state, String... traits) {
        ObjectNode node = nodes.create(JSON.createObjectNode().put("name", name).put("driver", "idrac"));
        for (String trait : traits) {
            ((ArrayNode) node.path("traits")).add(trait);
        }
        nodes.state(name, state);
        return node.path("uuid").asText();
    }

    /** What Ironic has of a node, with its secrets; null where there is none. */
    public JsonNode show(String name) {
        ObjectNode node = nodes.find(name);
        return node == null ? null : node.deepCopy();
    }

    /** Somebody else does something to a node. */
    public void state(String name, String state) {
        nodes.state(name, state);
    }

    /** Adds a port, with its name in the BIOS. */
    public void port(String node, String address, String biosName, boolean pxe) {
        ObjectNode port = JSON.createObjectNode().put("address", address).put("pxe_enabled", pxe).put("physical_network", pxe ? "f20-1" : "enrol");
        port.putObject("extra").put("bios_name", biosName);
        ports.computeIfAbsent(node, key -> new CopyOnWriteArrayList<>()).add(port);
    }

    public void runbook(String name, String uuid) {
        runbooks.put(name, uuid);
    }

    public void inventory(String node, JsonNode inventory) {
        inventories.put(node, inventory);
    }

    /** How long what a node is asked for takes; at first 5 minutes. */
    public void takes(Duration duration) {
        nodes.duration(duration);
    }

    /** @param listener told the verb and the node whenever one has ended well */
    public void ended(BiConsumer<String, ObjectNode> listener) {
        nodes.ended(listener);
    }

    /** @param what a verb, or the UUID of a runbook */
    public void failNext(String what, String reason) {
        nodes.failNext(what, reason);
    }

    /** For some time Ironic works on the node itself. */
    public void lock(String node, Duration howLong) {
        nodes.lock(node, howLong);
    }

    /** The next request is refused with this status, and what was sent with it. */
    public void refuseNext(int status) {
        faults.add(status);
    }

    /** The same for the next request that would change something. */
    public void refuseNextWrite(int status) {
        writeFaults.add(status);
    }

    /** The next request that changes something is done, but its answer is lost. */
    public void loseNextAnswer() {
        losesNextAnswer = true;
    }

    public void revokeTokens() {
        logins.revokeAll();
    }

    public void tokensLive(Duration life) {
        logins.life(life);
    }

    /** @param url that the addresses of further pages begin with: a proxy that is set up wrongly */
    public void pagesAt(String url) {
        pagesAt = url;
    }

    /** {@code GET /baremetal/v1/nodes} for each request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@code PUT /v1/nodes/…/states/provision {"target":"manage"}} for each request to Ironic that might have changed something, refused ones too. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(method + " " + exchange.getRequestURI());
            boolean write = !method.equals("GET") && path.startsWith(IRONIC);
            if (write) {
                writes.add((method + " " + path.substring(IRONIC.length()) + " " + body).strip());
            }
            Integer fault = write && !writeFaults.isEmpty() ? writeFaults.poll() : faults.poll();
            String token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
            if (fault != null) {
                send(exchange, fault, error("refused: " + token + " " + body));
            } else if (path.equals(KEYSTONE + "/v3/auth/tokens") && logins != null) {
                login(exchange, JSON.readTree(body));
            } else if (logins != null && !logins.knows(token)) {
                send(exchange, 401, error("The request you have made requires authentication: " + token));
            } else {
                Answer answer = path.startsWith(IRONIC + "/v1/")
                        ? answer(exchange, path.substring((IRONIC + "/v1/").length()).split("/"), body)
                        : new Answer(404, error("Not found."));
                if (write && losesNextAnswer) {
                    losesNextAnswer = false;
                    return;
                }
                send(exchange, answer.status, answer.body);
            }
        }
    }

    private void login(HttpExchange exchange, JsonNode request) throws IOException {
        String token = logins.token(request);
        if (token == null) {
            send(exchange, 401, JSON.createObjectNode().set("error", JSON.createObjectNode().put("message", "unauthorized: " + request)));
            return;
        }
        exchange.getResponseHeaders().set("X-Subject-Token", token);
        send(exchange, 201, logins.document(token, url()));
    }

    private record Answer(int status, JsonNode body) {}

    /** As Ironic wraps it: JSON in a text in JSON. */
    private static ObjectNode error(String message) {
        return JSON.createObjectNode()
                .put("error_message", JSON.createObjectNode().put("faultcode", "Client").put("faultstring", message).toString());
    }

    private synchronized Answer answer(HttpExchange exchange, String[] path, String body) throws IOException {
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
            answer.put("next", (pagesAt == null ? url() : pagesAt) + "/v1/nodes?limit=" + limit + "&marker="
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

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
