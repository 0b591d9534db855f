package io.jenkins.plugins.understack.core.nautobot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.Sleeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NautobotClientTest {
    private static final String TOKEN = "0123456789abcdef-token";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile UnaryOperator<String> echo = token -> token;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/dcim/devices/", exchange -> answer(exchange, 200, "{\"count\": 1}"));
        server.createContext("/api/nothing/", exchange -> answer(exchange, 204, ""));
        server.createContext("/api/denied/", exchange -> answer(
                exchange, 401, "{\"detail\": \"Invalid token " + exchange.getRequestHeaders().getFirst("Authorization") + "\"}"));
        server.createContext("/api/echo/", exchange -> answer(
                exchange, 500, echo.apply(exchange.getRequestHeaders().getFirst("Authorization").substring("Token ".length()))));
        server.createContext("/api/html/", exchange -> answer(exchange, 200, "<html>"));
        server.createContext("/api/moved/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://elsewhere.invalid/");
            answer(exchange, 302, "");
        });
        server.createContext("/api/silent/", exchange -> hang());
        server.createContext("/api/stalls/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdownNow();
    }

    @Test
    void asksBelowApiWithTheToken() throws Exception {
        var answer = query(client(), "get", "/dcim/devices/?name=h1", null, null);

        assertThat(answer.path("count").asInt()).isEqualTo(1);
        assertThat(requests).containsExactly("GET /api/dcim/devices/?name=h1 Token " + TOKEN + " ");
    }

    @Test
    void sendsABodyAndUnderstandsNoContent() throws Exception {
        var answer = query(client(), "PATCH", "/nothing/1/", Json.parse("{\"a\":1}"), null);

        assertThat(answer.isMissingNode()).isTrue();
        assertThat(requests.get(0)).endsWith("{\"a\":1}");
    }

    @Test
    void errorsSayWhatWasAskedAndNeverTheToken() {
        assertThatThrownBy(() -> query(client(), "GET", "/denied/", null, null))
                .isInstanceOf(NautobotException.class)
                .hasMessageStartingWith("nautobot GET /denied/: status 401 (check the token in credential \"nautobot-token\" and its permissions)")
                .hasMessageContaining("Invalid token")
                .message()
                .doesNotContain(TOKEN);
        assertThatThrownBy(() -> query(client(), "GET", "/html/", null, null)).hasMessageContaining("is the url of the Nautobot right?");
        assertThatThrownBy(() -> query(client(), "GET", "/moved/", null, null)).hasMessageContaining("a redirect, which is not followed");
        assertThat(requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent/", "/stalls/"})
    void givesUpInTime(String path) {
        assertThatThrownBy(() -> query(client(), "GET", path, null, Duration.ofMillis(300)))
                .isInstanceOf(NautobotException.class)
                .hasMessageContaining("no complete answer within 300 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.invalid/", "//evil.invalid/", "dcim/devices/", "@evil.invalid/", "/../admin/", "/a/../../admin/", "/a b/", "",
                "/%2e%2e/admin/x/", "/%2E%2e/admin/x/", "/.%2e/admin/", "/%252e%252e/admin/", "/%25252e%25252e/admin/",
                "/%2525252525252e/admin/", "/..;x=1/admin/", "/%2e%2e%3bx/admin/", "/..", "/a/%2e%2e", "/a/./b/", "/a/%2e/b/",
                "/..%2fadmin/", "/a%2Fb/", "/a%252fb/", "/..%5cadmin/", "/a%5Cb/", "/a%255cb/", "/..\\admin/", "/a%00b/", "/a%0d%0ab/",
                "/a%7f/", "/%c0%ae%c0%ae/admin/", "/../admin/?q=1", "/%2e%2e/admin/#x"})
    void staysBelowApi(String uri) {
        assertThatThrownBy(() -> query(client(), "GET", uri, null, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("uri: ");
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dcim/devices/?name=..%2f%2e%2e%5c", "/dcim/devices/?path=/../x", "/dcim/devices/a.b..c/", "/dcim/devices/100%25/",
                "/dcim/devices/%C3%A4+b%20c/", "/dcim/devices/...;x/"})
    void leavesOtherPathsAndEveryQueryAlone(String uri) throws Exception {
        query(client(), "GET", uri, null, null);

        assertThat(requests).containsExactly("GET /api" + uri + " Token " + TOKEN + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {450, 470, 480, 490, 495, 499, 505})
    void theTokenIsMaskedWhereTheTextIsCut(int before) {
        echo = token -> "{\"detail\": \"" + "x".repeat(before - "{\"detail\":\"".length()) + token + "\"}";

        assertThatThrownBy(() -> query(client(), "GET", "/echo/", null, null))
                .hasMessageContaining("xxx")
                .message()
                .doesNotContain(TOKEN.substring(0, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b\\c/d+e f%g~h", "0123456789abcdef"})
    void theTokenIsMaskedHoweverItIsWritten(String token) {
        List<UnaryOperator<String>> forms = List.of(
                text -> text,
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
                text -> URLEncoder.encode(URLEncoder.encode(text, StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                text -> TextNode.valueOf(text).toString(),
                text -> TextNode.valueOf(TextNode.valueOf(text).toString()).toString(),
                text -> text.replace("/", "\\/"),
                text -> text.chars().mapToObj(c -> String.format("\\u%04X", c)).collect(Collectors.joining()));
        for (UnaryOperator<String> form : forms) {
            echo = sent -> "{\"detail\": " + TextNode.valueOf("<" + form.apply(token) + ">") + "}";

            assertThatThrownBy(() -> query(client(token), "GET", "/echo/", null, null))
                    .message()
                    .containsPattern("<\\W*\\*{6}\\W*>");
        }
    }

    @Test
    void saysWhichCredentialIsMissingAndWhatCannotBeReached() throws Exception {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        NautobotClient noToken = new NautobotClient(
                new NautobotSettings(url, "nautobot-token", null), new MapSecrets(), HttpClient.newHttpClient(), Sleeper.REAL, line -> {});
        assertThatThrownBy(() -> query(noToken, "GET", "/dcim/devices/", null, null))
                .hasMessageContaining("nautobot GET /dcim/devices/: credential \"nautobot-token\"");
        NautobotClient client = client();
        server.stop(0);
        assertThatThrownBy(() -> query(client.withoutRetries(), "GET", "/dcim/devices/", null, null))
                .hasMessageContaining(url + ": cannot be reached");
    }

    private NautobotClient client() {
        return client(TOKEN + "\n");
    }

    private NautobotClient client(String token) {
        return new NautobotClient(
                new NautobotSettings("http://127.0.0.1:" + server.getAddress().getPort() + "/", "nautobot-token", null),
                new MapSecrets().with("nautobot-token", token),
                HttpClient.newHttpClient(),
                Sleeper.REAL,
                line -> {});
    }

    private static JsonNode query(NautobotClient client, String method, String uri, JsonNode body, Duration timeout)
            throws Exception {
        return client.query(new NautobotQuery(method, uri, body, false), timeout);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
