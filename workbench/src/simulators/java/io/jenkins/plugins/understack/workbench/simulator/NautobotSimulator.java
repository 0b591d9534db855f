package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * A Nautobot with what our workflows ask of it: lists with filters and pages, objects, writes and GraphQL, behind a token; and what
 * goes wrong with a real one. On a free port of the loopback address. Thread-safe.
 */
public final class NautobotSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api";
    private static final String ADDRESSES = "/ipam/ip-addresses/";
    private static final String DEVICES = "/dcim/devices/";

    private final String token;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Nautobot simulator");
        thread.setDaemon(true);
        return thread;
    });
    private final NautobotStore store = new NautobotStore();
    private final NautobotFaults faults = new NautobotFaults();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile BiFunction<String, Map<?, ?>, Object> graphql = (query, variables) -> Map.of();
    private volatile String pagesAt;

    private NautobotSimulator(String token) throws IOException {
        this.token = token;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        store.collection(DEVICES);
        store.collection(ADDRESSES);
    }

    /** @param token the API token that requests must carry */
    public static NautobotSimulator start(String token) throws IOException {
        NautobotSimulator simulator = new NautobotSimulator(token);
        simulator.http.start();
        return simulator;
    }

    /** Base URL without {@code /api}. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Adds a device, or replaces the one with the same id; {@code fields} come on top of {@code id}, {@code name}, {@code display}. */
    public void device(String name, Map<String, Object> fields) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("id", deviceId(name));
        device.put("display", name);
        device.put("name", name);
        device.putAll(fields);
        store.collection(DEVICES).put(device, Map.of());
    }

    /** Of a device that was added without an id of its own. */
    public String deviceId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Adds an address of an interface of a device, such as that of its BMC on {@code iDRAC}. */
    public void address(String device, String interfaceName, String host) {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("id", UUID.nameUUIDFromBytes((device + interfaceName + host).getBytes(StandardCharsets.UTF_8)).toString());
        address.put("display", host + "/26");
        address.put("address", host + "/26");
        address.put("host", host);
        store.collection(ADDRESSES)
                .put(address, Map.of("device", device, "device_id", deviceId(device), "interfaces", interfaceName));
    }

    /**
     * Adds anything else.
     *
     * @param path of its list below {@code /api}, such as {@code /dcim/cables/}
     * @param object with its {@code id}
     */
    public void add(String path, Map<String, Object> object) {
        store.collection(path).put(object, Map.of());
    }

    /** How many objects a page has where a request does not say; at first 50, as in Nautobot. */
    public void pageSize(int objects) {
        store.pageSize(objects);
    }

    /** @param url that the addresses of further pages begin with instead of that of this server: a proxy that is set up wrongly */
    public void pagesAt(String url) {
        pagesAt = url;
    }

    /**
     * @param answers given the query and its variables, returns {@code data}
     * @see GraphqlError
     */
    public void graphql(BiFunction<String, Map<?, ?>, Object> answers) {
        graphql = answers;
    }

    /** What goes wrong from now on. */
    public NautobotFaults faults() {
        return faults;
    }

    /** {@code GET /api/dcim/devices/?name=h1} for each request so far, refused ones too. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@code PATCH /api/dcim/devices/…/ {"status":"Active"}} for each request that might have changed something, refused ones too. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(request);
            if (!exchange.getRequestMethod().equals("GET") && !path.equals(API + "/graphql/")) {
                writes.add((request + " " + body).strip());
            }
            if (faults.happens(exchange)) {
                return;
            }
            NautobotAnswer answer = ("Token " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? answer(exchange, path, body)
                    : NautobotAnswer.refusal(403, "Invalid token");
            send(exchange, answer);
        }
    }

    private NautobotAnswer answer(HttpExchange exchange, String path, String body) throws IOException {
        if (!path.startsWith(API + "/")) {
            return NautobotAnswer.refusal(404, "Not found.");
        }
        if (path.equals(API + "/status/")) {
            return new NautobotAnswer(200, Map.of("nautobot-version", "2.3.1"));
        }
        if (path.equals(API + "/graphql/")) {
            return graphql(JSON.readValue(body, Map.class));
        }
        String here = (pagesAt == null ? url() : pagesAt) + path;
        return store.answer(
                exchange.getRequestMethod(), path.substring(API.length()), exchange.getRequestURI().getRawQuery(), body, here);
    }

    /** Errors in the body of a success, as GraphQL has them. */
    public static final class GraphqlError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public GraphqlError(String message) {
            super(message);
        }
    }

    private NautobotAnswer graphql(Map<?, ?> request) {
        Map<?, ?> variables = request.get("variables") instanceof Map<?, ?> map ? map : Map.of();
        try {
            return new NautobotAnswer(200, Map.of("data", graphql.apply((String) request.get("query"), variables)));
        } catch (GraphqlError e) {
            return new NautobotAnswer(200, Map.of("errors", List.of(Map.of("message", e.getMessage()))));
        }
    }

    private static void send(HttpExchange exchange, NautobotAnswer answer) throws IOException {
        byte[] bytes = answer.body() == null ? new byte[0] : JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        faults.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
