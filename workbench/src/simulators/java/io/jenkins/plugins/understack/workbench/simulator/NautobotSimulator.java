package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of Nautobot's REST API as our workflows ask for: {@code GET /api/dcim/devices/?name=…}, with the token checked and
 * the answer paged as Nautobot does. On a free port of the loopback address. Thread-safe.
 */
public final class NautobotSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICES = "/api/dcim/devices/";

    private final String token;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "Nautobot simulator");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Map<String, Object>> devices = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private NautobotSimulator(String token) throws IOException {
        this.token = token;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
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

    /** Adds or replaces a device; {@code fields} come on top of an {@code id}, {@code name} and {@code display}. */
    public void device(String name, Map<String, Object> fields) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("id", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
        device.put("display", name);
        device.put("name", name);
        device.putAll(fields);
        devices.put(name, device);
    }

    /** {@code GET /api/dcim/devices/?name=h1} for each request so far, refused ones too. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            if (!("Token " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 403, Map.of("detail", "Invalid token"));
            } else if (!exchange.getRequestURI().getPath().equals(DEVICES)) {
                answer(exchange, 404, Map.of("detail", "Not found."));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 405, Map.of("detail", "Method \"" + exchange.getRequestMethod() + "\" not allowed."));
            } else {
                answer(exchange, 200, page(find(names(exchange.getRequestURI().getRawQuery()))));
            }
        }
    }

    /** Values of {@code name=} in a query; several are alternatives, as in Nautobot's filters. */
    private static List<String> names(String query) {
        List<String> names = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith("name=")) {
                names.add(URLDecoder.decode(pair.substring("name=".length()), StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private List<Map<String, Object>> find(List<String> names) {
        return names.isEmpty()
                ? List.copyOf(devices.values())
                : names.stream().filter(devices::containsKey).map(devices::get).toList();
    }

    private static Map<String, Object> page(List<Map<String, Object>> results) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("count", results.size());
        page.put("next", null);
        page.put("previous", null);
        page.put("results", results);
        return page;
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
