package io.jenkins.plugins.understack.core.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.metrics.Metric;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.source.webhook.HmacAuthentication.Algorithm;
import io.jenkins.plugins.understack.core.source.webhook.HmacAuthentication.Encoding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReceiverTest {
    /** Nautobot's own signature of {@link #BODY} with this secret (research/understack-domain.md 2.5). */
    private static final String SECRET = "understack-test-secret";

    private static final String BODY = "{\"event\":\"updated\",\"model\":\"interface\"}";
    private static final String SIGNATURE =
            "cf25a63eeab75828e89ff0cac3d94fa538bcf7589832725816239ec182a9bef62ab472e11c16f09d3c5580c3d38737daa776f17d7ea01aad44c4539a0067ab97";

    private final List<Event> events = new ArrayList<>();
    private final MapSecrets secrets = new MapSecrets().with("key", SECRET).with("token", "bearer-secret").with("empty", "");
    private final SimpleMeterRegistry exported = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics();
    private int receivers;
    private EventNotAcceptedException refusal;

    @Test
    void acceptsWhatNautobotSigned() throws Exception {
        WebhookReceiver receiver = receiver(nautobot(), EventIdentity.BY_PROTOCOL);

        WebhookAnswer answer = post(receiver, BODY, "X-Hook-Signature", SIGNATURE, "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(202);
        Event event = events.get(0);
        assertThat(answer.body()).isEqualTo("{\"id\":\"" + event.id() + "\"}");
        assertThat(event.data().path("body").path("model").asText()).isEqualTo("interface");
        assertThat(event.data().path("header").path("X-Hook-Signature")).hasToString("[\"******\"]");
        assertThat(event.data().path("header").path("Content-Type")).hasToString("[\"application/json\"]");
        assertThat(receiver.status().received()).isEqualTo(1);
    }

    @Test
    void hexMayBeUpperCase() throws Exception {
        assertThat(post(receiver(nautobot(), null), BODY, "X-Hook-Signature", SIGNATURE.toUpperCase(Locale.ROOT)).status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "00", "cf25a63e", "sha512=cf25"})
    void refusesWrongSignatures(String signature) throws Exception {
        WebhookAnswer answer = post(receiver(nautobot(), null), BODY, "X-Hook-Signature", signature);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsKey("WWW-Authenticate");
        assertThat(events).isEmpty();
    }

    @Test
    void refusesAMissingSignatureAndAChangedBody() throws Exception {
        WebhookReceiver receiver = receiver(nautobot(), null);

        assertThat(post(receiver, BODY).status()).isEqualTo(401);
        assertThat(post(receiver, BODY + " ", "X-Hook-Signature", SIGNATURE).status()).isEqualTo(401);
        assertThat(receiver.status().rejected()).isEqualTo(2);
        assertThat(events).isEmpty();
    }

    @Test
    void countsWhyItRefuses() throws Exception {
        metrics.export(exported);
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);
        post(receiver, "{}");
        post(receiver, "no JSON");
        post(receiver, "\"" + "x".repeat(500) + "\"");
        receiver.receive(new WebhookRequest("GET", "hook", null, Map.of(), body("")));
        refusal = new TooManyEventsException("full");
        post(receiver, "{}");
        refusal = new EventNotAcceptedException("no disk");
        post(receiver, "{}");
        post(receiver(nautobot(), null), "{}");

        for (String reason : List.of("unreadable", "too-large", "method", "too-many", "unavailable", "unauthenticated")) {
            assertThat(exported.get(Metric.EVENTS_PROCESSING_FAILED.key()).tag("reason", reason).counter().count())
                    .as(reason)
                    .isEqualTo(1);
        }
        assertThat(receiver.status().rejected()).isEqualTo(5);
        assertThat(receiver.status().received()).isEqualTo(1);
    }

    @Test
    void signaturesWithPrefixOrInBase64() throws Exception {
        var prefixed = new HmacAuthentication("key", Algorithm.SHA512, "X-Sig", "sha512=", Encoding.HEX);
        assertThat(post(receiver(prefixed, null), BODY, "X-Sig", "sha512=" + SIGNATURE).status()).isEqualTo(202);
        assertThat(post(receiver(prefixed, null), BODY, "X-Sig", SIGNATURE).status()).isEqualTo(401);
        var base64 = new HmacAuthentication("key", Algorithm.SHA256, "X-Sig", "", Encoding.BASE64);
        // printf '%s' BODY | openssl dgst -sha256 -hmac understack-test-secret -binary | base64
        assertThat(post(receiver(base64, null), BODY, "X-Sig", "biDZLEbTNP6FJcvrWcvNf+vJZTuP+fN3HNEtj4+mrag=").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "sha1", "MD5", "none", ""})
    void weakHashFunctionsCannotBeConfigured(String algorithm) {
        assertThatThrownBy(() -> Algorithm.parse(algorithm))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("authentication.hmac.algorithm: ");
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer bearer-secret, 202",
        "bearer bearer-secret, 202",
        "Bearer bearer-secreT, 401",
        "Bearer, 401",
        "Basic bearer-secret, 401",
        "bearer-secret, 401"
    })
    void bearerToken(String authorization, int status) throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.Bearer("token"), null);

        assertThat(post(receiver, BODY, "Authorization", authorization).status()).isEqualTo(status);
        assertThat(post(receiver, BODY).status()).isEqualTo(401);
        events.forEach(event -> assertThat(event.data().toString()).doesNotContain("bearer-secret"));
    }

    @ParameterizedTest
    @CsvSource({"missing, does not exist", "empty, is empty"})
    void aSecretThatIsNotThereLetsNobodyIn(String credential, String problem) throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.Bearer(credential), null);

        WebhookAnswer answer = post(receiver, BODY, "Authorization", "Bearer ");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain(credential);
        assertThat(receiver.status().state()).isEqualTo(SourceStatus.State.DOWN);
        assertThat(receiver.status().problem()).contains("credential \"" + credential + "\" " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{                | body is not JSON: error at line 1",
        "Invalid JSON     | body is not JSON",
        "~~               | body is empty; expected JSON",
    })
    void unreadableBodies(String body, String error) throws Exception {
        WebhookAnswer answer = post(receiver(new WebhookAuthentication.None(), null), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(error);
    }

    @Test
    void formsAndQueriesBecomeObjectsOfArrays() throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);
        post(receiver, "aaa=b%20b&ccc=d+d&aaa=x", "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        assertThat(events.get(0).data().path("body")).hasToString("{\"aaa\":[\"b b\",\"x\"],\"ccc\":[\"d d\"]}");
        assertThat(post(receiver, "a=%zz", "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(400);

        WebhookReceiver get = receiver("GET", new WebhookAuthentication.None(), null);
        get.receive(new WebhookRequest("GET", "hook", "aaa=b%20b&ccc=d%20d", Map.of(), body("")));
        assertThat(events.get(1).data().path("body")).hasToString("{\"aaa\":[\"b b\"],\"ccc\":[\"d d\"]}");
    }

    @Test
    void httpAsHttpMeansIt() throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);

        WebhookAnswer wrongMethod = receiver.receive(new WebhookRequest("GET", "hook", null, Map.of(), body("")));
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.headers()).containsEntry("Allow", "POST");
        assertThat(receiver.receive(new WebhookRequest("POST", "other", null, Map.of(), body(BODY))))
                .isEqualTo(WebhookAnswer.NOT_FOUND);
        assertThat(post(receiver, "\"" + "x".repeat(1_000) + "\"").status()).isEqualTo(413);
    }

    @Test
    void nobodyReadsMoreThanTheLimit() throws Exception {
        var endless = new java.io.InputStream() {
            private long read;

            @Override
            public int read() {
                read++;
                return '1';
            }
        };

        assertThat(receiver(new WebhookAuthentication.None(), null)
                        .receive(new WebhookRequest("POST", "hook", null, Map.of(), endless))
                        .status())
                .isEqualTo(413);
        assertThat(endless.read).isLessThan(20_000);
    }

    @Test
    void whatCannotBeTakenNowIsToBeSentAgain() throws Exception {
        refusal = new EventNotAcceptedException("the disk is full");

        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);

        WebhookAnswer answer = post(receiver, BODY);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(receiver.status().state()).isEqualTo(SourceStatus.State.DOWN);
        assertThat(receiver.status().problem()).endsWith(": requests are refused: the disk is full");

        refusal = null;
        assertThat(post(receiver, BODY).status()).isEqualTo(202);
        assertThat(receiver.status().state()).isEqualTo(SourceStatus.State.UP);
    }

    @Test
    void tooManyEventsAreToBeSentAgain() throws Exception {
        refusal = new TooManyEventsException("the inbox is full");
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);

        WebhookAnswer answer = post(receiver, BODY);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.body()).contains("the inbox is full");
        assertThat(receiver.status().lastRejection()).contains("429", "the inbox is full");
    }

    @Test
    void theAnswerIsGivenWhenTheEventIsSafe() throws Exception {
        CompletableFuture<Void> safe = new CompletableFuture<>();
        CountDownLatch offered = new CountDownLatch(1);
        EventSink sink = new EventSink() {
            @Override
            public CompletableFuture<Void> accept(Event event) {
                offered.countDown();
                return safe;
            }

            @Override
            public CompletableFuture<Void> bury(UnreadableMessage message) {
                throw new AssertionError(message);
            }
        };
        WebhookReceiver receiver = new WebhookEventSource("source", List.of(event("hook", "POST", new WebhookAuthentication.None())))
                .start(sink, secrets, Clock.systemUTC(), new Metrics().source("source"));

        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return post(receiver, "1").status();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        offered.await();
        assertThat(answer).isNotDone();
        safe.complete(null);

        assertThat(answer.join()).isEqualTo(202);
    }

    @Test
    void identityFromHeaderPathOrChance() throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), EventIdentity.of("X-Id", "body.request_id"));
        post(receiver, "{\"request_id\": \"r-1\"}", "X-Id", "h-1");
        post(receiver, "{\"request_id\": \"r-1\"}");
        post(receiver, "{}");
        post(receiver, "{}");

        assertThat(events).extracting(Event::id).startsWith("h-1", "r-1").doesNotHaveDuplicates();
    }

    @Test
    void whoMeetsASourceThatIsJustReplacedShallTryAgain() throws Exception {
        WebhookReceiver receiver = receiver(new WebhookAuthentication.None(), null);
        receiver.close();

        assertThat(post(receiver, BODY).status()).isEqualTo(503);
        assertThat(events).isEmpty();
    }

    @Test
    void callersWithoutProofDoNotFillTheLog() throws Exception {
        Logger logger = Logger.getLogger(WebhookReceiver.class.getName());
        List<LogRecord> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.WARNING);
        logger.addHandler(handler);
        try {
            WebhookReceiver receiver = receiver(nautobot(), null);
            for (int i = 0; i < 100; i++) {
                post(receiver, BODY);
            }
            assertThat(warnings).hasSize(1);
            assertThat(receiver.status().rejected()).isEqualTo(100);
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void definitionsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> event("a b", "POST", new WebhookAuthentication.None())).hasMessageStartingWith("path: ");
        assertThatThrownBy(() -> event("../x", "HEAD", new WebhookAuthentication.None())).hasMessageStartingWith("method: ");
        assertThatThrownBy(() -> event("x", "POST", null)).hasMessage("authentication: is missing; expected hmac, bearer or none");
        assertThatThrownBy(() -> event("x", "GET", nautobot())).hasMessageStartingWith("method: is GET beside hmac");
        WebhookEvent same = event("x", "POST", new WebhookAuthentication.None());
        assertThatThrownBy(() -> new WebhookEventSource("s", List.of(same, same))).hasMessageContaining("occurs twice");
    }

    private static HmacAuthentication nautobot() {
        return new HmacAuthentication("key", Algorithm.SHA512, "X-Hook-Signature", "", Encoding.HEX);
    }

    private static WebhookEvent event(String path, String method, WebhookAuthentication authentication) {
        return new WebhookEvent("hook", path, method, authentication, null, 1, Map.of());
    }

    private WebhookReceiver receiver(WebhookAuthentication authentication, EventIdentity identity) {
        return receiver("POST", authentication, identity);
    }

    private WebhookReceiver receiver(String method, WebhookAuthentication authentication, EventIdentity identity) {
        WebhookEvent event = new WebhookEvent("hook", "/hook/", method, authentication, identity, 500, Map.of("site", "lab"));
        return new WebhookEventSource("source", List.of(event))
                .start(
                        TestSink.of(accepted -> {
                            if (refusal != null) {
                                throw refusal;
                            }
                            events.add(accepted);
                        }),
                        secrets,
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        metrics.source("source" + ++receivers));
    }

    private static WebhookAnswer post(WebhookReceiver receiver, String body, String... headers) throws IOException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i].toLowerCase(Locale.ROOT), List.of(headers[i + 1]));
        }
        return receiver.receive(new WebhookRequest("POST", "hook", null, all, body(body)));
    }

    private static ByteArrayInputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
