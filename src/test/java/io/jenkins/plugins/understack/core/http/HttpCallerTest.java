package io.jenkins.plugins.understack.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final HttpRetries RETRIES = new HttpRetries(
            5, Duration.ofSeconds(2), Duration.ofSeconds(10), Set.of(429, 503), HttpRetries.IDEMPOTENT);

    private final HttpClient client = HttpCaller.client(HttpClient.newBuilder(), TlsTrust.DEFAULT, LONG);
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesStatusHeadersAndBodyOfAnyAnswer() throws Exception {
        server.on("/", exchange -> {
            exchange.getResponseHeaders().add("X-Auth-Token", "t");
            TestServer.answer(exchange, 418, exchange.getRequestBody().readAllBytes());
        });

        HttpAnswer answer = caller(RETRIES).call(request("BREW", "/pot?a=b", BodyPublishers.ofString("{}")), LONG);

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.header("x-auth-token")).contains("t");
        assertThat(answer.body()).isEqualTo("{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer).hasToString("HttpAnswer[status=418, 2 bytes]");
        assertThat(server.requests()).containsExactly("BREW /pot?a=b");
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/stalls"})
    void theTimeIsForHeadersAndBodyAndIsNotGivenTwice(String path) {
        server.on("/silent", exchange -> server.hang());
        server.on("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            server.hang();
        });

        assertThatThrownBy(() -> caller(RETRIES).call(get(path), Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.kind()).isEqualTo(HttpFailure.Kind.TIMEOUT))
                .hasMessage("no complete answer within 300 ms");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAnswerHasABound() throws Exception {
        server.on("/", exchange -> TestServer.answer(exchange, 200, new byte[1001]));

        HttpCaller caller = new HttpCaller(client, RETRIES, 1000, CLOCK, waits::add);

        assertThatThrownBy(() -> caller.call(get("/"), LONG))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.kind()).isEqualTo(HttpFailure.Kind.TOO_LONG))
                .hasMessage("the answer is longer than 1000 bytes");
        assertThat(new HttpCaller(client, RETRIES, 1001, CLOCK, waits::add).call(get("/"), LONG).body()).hasSize(1001);
    }

    @Test
    void redirectsAreAnswersLikeOthers() throws Exception {
        server.on("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://elsewhere.invalid/");
            TestServer.answer(exchange, 302, new byte[0]);
        });

        assertThat(caller(RETRIES).call(get("/"), LONG).status()).isEqualTo(302);
        HttpClient following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
        assertThatThrownBy(() -> new HttpCaller(following, RETRIES, 1, CLOCK, waits::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repeatsWithGrowingRandomWaits() throws Exception {
        AtomicInteger count = new AtomicInteger();
        server.on("/", exchange -> TestServer.answer(exchange, count.incrementAndGet() < 5 ? 503 : 200, new byte[0]));

        assertThat(caller(RETRIES).call(get("/"), LONG).status()).isEqualTo(200);

        assertThat(waits).hasSize(4);
        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(waits.get(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(waits.get(3)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(log).hasSize(4);
        assertThat(log.get(0)).matches("status 503; again in [12]\\d{3} ms, attempt 2 of 5|status 503; again in [12] s, attempt 2 of 5");
    }

    @Test
    void theLastAnswerIsTheOneThatCounts() throws Exception {
        server.on("/", exchange -> TestServer.answer(exchange, 503, new byte[] {7}));

        assertThat(caller(RETRIES).call(get("/"), LONG).body()).isEqualTo(new byte[] {7});
        assertThat(server.requests()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"GET,400", "GET,500", "POST,503", "PATCH,429"})
    void doesNotRepeatWhatItMustNot(String method, int status) throws Exception {
        server.on("/", exchange -> TestServer.answer(exchange, status, new byte[0]));

        assertThat(caller(RETRIES).call(request(method, "/", BodyPublishers.noBody()), LONG).status()).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "3,                             PT3S,  PT5S",
        "3600,                          PT10S, PT12S",
        "'Thu, 01 Jan 2026 00:00:07 GMT', PT7S,  PT9S",
        "'Wed, 31 Dec 2025 00:00:07 GMT', PT0S,  PT2S",
        "soon,                          PT1S,  PT2S"
    })
    void waitsAsLongAsTheServerAsksWithinBounds(String retryAfter, Duration atLeast, Duration atMost) throws Exception {
        AtomicInteger count = new AtomicInteger();
        server.on("/", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
            TestServer.answer(exchange, count.incrementAndGet() < 2 ? 429 : 200, new byte[0]);
        });

        assertThat(caller(RETRIES).call(get("/"), LONG).status()).isEqualTo(200);
        assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isBetween(atLeast, atMost));
    }

    @Test
    void aCallThatWasNotConnectedIsRepeatedWithAnyMethod() throws Exception {
        int port = freePort();
        List<TestServer> late = new ArrayList<>();
        Sleeper startsIt = wait -> {
            try {
                late.add(TestServer.startAt(port).on("/", exchange -> TestServer.answer(exchange, 201, new byte[0])));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        try {
            assertThat(new HttpCaller(client, RETRIES, 1000, CLOCK, startsIt).call(post, LONG).status()).isEqualTo(201);
            assertThat(late.get(0).requests()).containsExactly("POST /");
        } finally {
            late.forEach(TestServer::close);
        }
        assertThatThrownBy(() -> caller(RETRIES).call(post, LONG))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.kind()).isEqualTo(HttpFailure.Kind.NOT_CONNECTED))
                .hasMessageStartingWith("cannot be reached (");
        assertThat(waits).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"DELETE,5", "POST,1"})
    void aConnectionThatWasCutIsRepeatedOnlyWhereThatDoesNoHarm(String method, int attempts) {
        server.on("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        });

        assertThatThrownBy(() -> caller(RETRIES).call(request(method, "/", BodyPublishers.noBody()), LONG))
                .isInstanceOfSatisfying(HttpFailure.class, e -> assertThat(e.kind()).isEqualTo(HttpFailure.Kind.CUT))
                .hasMessageStartingWith("the connection was cut (");
        assertThat(server.requests()).hasSize(attempts);
    }

    @Test
    void interruptionEndsTheExchange() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.on("/", exchange -> {
            asked.countDown();
            server.hang();
        });
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                caller(RETRIES).call(get("/"), LONG);
                outcome.complete(null);
            } catch (HttpFailure | InterruptedException e) {
                outcome.complete(e);
            }
        });
        thread.start();
        asked.await();
        thread.interrupt();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }

    /** The second half comes into being only after the server has read some of the first. */
    @Test
    void bodiesAreStreamed() throws Exception {
        byte[] half = new byte[100_000];
        CountDownLatch first = new CountDownLatch(1);
        server.on("/", exchange -> {
            exchange.getRequestBody().readNBytes(1000);
            first.countDown();
            int rest = exchange.getRequestBody().readAllBytes().length;
            TestServer.answer(exchange, 200, Integer.toString(rest).getBytes(StandardCharsets.US_ASCII));
        });
        InputStream second = new ByteArrayInputStream(half) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                try {
                    first.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.read(bytes, offset, length);
            }
        };
        BodyPublisher body = BodyPublishers.ofInputStream(
                () -> new SequenceInputStream(new ByteArrayInputStream(half), second));

        HttpAnswer answer = caller(RETRIES).call(request("PUT", "/", body), LONG);

        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("199000");
    }

    private HttpCaller caller(HttpRetries retries) {
        return new HttpCaller(client, retries, 1000, CLOCK, waits::add).logging(log::add);
    }

    private HttpRequest get(String path) {
        return request("GET", path, BodyPublishers.noBody());
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(server.uri(path)).method(method, body).build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
