package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets other processes of the same user ask the {@link InboxDesk} of this one: on a port of the loopback address only, for those who
 * can read the token in the data folder.
 */
public final class InboxApi implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(InboxApi.class.getName());
    private static final String PATH = "/understack-api/";
    private static final int LONGEST_REQUEST = 1024 * 1024;
    /** A replay of all dead letters may take its time. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final InboxDesk desk;
    private final HttpServer http;
    private final Path address;
    private final byte[] authorization;
    /** A search for what is rare goes through the whole inbox; others are answered meanwhile. */
    private final ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
        Thread thread = new Thread(work, "UnderStack commands");
        thread.setDaemon(true);
        return thread;
    });

    private InboxApi(InboxDesk desk, HttpServer http, Path address, String token) {
        this.desk = desk;
        this.http = http;
        this.address = address;
        this.authorization = bearer(token).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException when no port is free or the token cannot be written */
    public static InboxApi start(InboxDesk desk, DataFolder data) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        InboxApi api = new InboxApi(desk, http, file(data.path()), token);
        http.createContext(PATH, api::handle);
        http.setExecutor(api.threads);
        http.start();
        String url = "http://" + http.getAddress().getAddress().getHostAddress() + ":" + http.getAddress().getPort() + PATH;
        // One that another process has left may have other permissions.
        Files.deleteIfExists(api.address);
        Files.createFile(api.address, DataFolder.forOwner(data.path(), "rw-------"));
        Files.writeString(
                api.address, Json.MAPPER.createObjectNode().put("url", url).put("token", token).toString());
        return api;
    }

    private static Path file(Path folder) {
        return folder.resolve("api.json");
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
                answer(exchange, 401, error("not authenticated"));
                return;
            }
            try {
                JsonNode request = Json.OWN.readTree(exchange.getRequestBody().readNBytes(LONGEST_REQUEST));
                answer(exchange, 200, desk.answer(request));
            } catch (DeskException e) {
                answer(exchange, 400, error(e.getMessage()));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "a command could not be answered", e);
                answer(exchange, 500, error("run failed to answer: " + e.getClass().getSimpleName() + "; it shows why"));
            }
        }
    }

    private static ObjectNode error(String message) {
        return Json.MAPPER.createObjectNode().put("error", message);
    }

    private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Asks the process that has the folder. */
    public static JsonNode ask(Path folder, JsonNode request) throws DeskException, InterruptedException {
        try {
            JsonNode address = Json.OWN.readTree(Files.readString(file(folder)));
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(address.path("url").asText()))
                                    .header("Authorization", bearer(address.path("token").asText()))
                                    .timeout(TIMEOUT)
                                    .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode json = Json.OWN.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new DeskException(json.path("error").asText());
            }
            return json;
        } catch (NoSuchFileException e) {
            throw new DeskException(folder + " is in use by another process, which does not answer yet; try again");
        } catch (IOException | IllegalArgumentException e) {
            throw new DeskException(folder + " is in use by another process, which does not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        try {
            Files.deleteIfExists(address);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the next one replaces it", e);
        }
    }
}
