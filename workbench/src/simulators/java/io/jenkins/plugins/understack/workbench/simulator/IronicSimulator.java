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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
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
    private final IronicApi api;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Queue<Integer> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> writeFaults = new ConcurrentLinkedQueue<>();
    private volatile boolean losesNextAnswer;

    private IronicSimulator(Clock clock, KeystoneLogins logins) throws IOException {
        this.logins = logins;
        nodes = new IronicNodes(clock);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api = new IronicApi(nodes, url());
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
        api.port(node, address, biosName, pxe);
    }

    public void runbook(String name, String uuid) {
        api.runbook(name, uuid);
    }

    public void inventory(String node, JsonNode inventory) {
        api.inventory(node, inventory);
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
        api.pagesAt(url);
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
                send(exchange, fault, IronicApi.error("refused: " + token + " " + body));
            } else if (path.equals(KEYSTONE + "/v3/auth/tokens") && logins != null) {
                login(exchange, JSON.readTree(body));
            } else if (logins != null && !logins.knows(token)) {
                send(exchange, 401, IronicApi.error("The request you have made requires authentication: " + token));
            } else {
                IronicApi.Answer answer = path.startsWith(IRONIC + "/v1/")
                        ? api.answer(exchange, path.substring((IRONIC + "/v1/").length()).split("/"), body)
                        : new IronicApi.Answer(404, IronicApi.error("Not found."));
                if (write && losesNextAnswer) {
                    losesNextAnswer = false;
                    return;
                }
                send(exchange, answer.status(), answer.body());
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
