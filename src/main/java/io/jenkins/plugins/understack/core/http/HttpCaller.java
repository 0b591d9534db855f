package io.jenkins.plugins.understack.core.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;

/**
 * Calls servers and waits for their answers, in the thread of the caller; its interruption ends the exchange. Requests are
 * the JDK's own: any method, any {@link HttpRequest.BodyPublisher}, also one that streams (it is subscribed to once for each
 * attempt). Thread-safe.
 */
public final class HttpCaller {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final HttpRetries retries;
    private final int maxBodyBytes;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Consumer<String> log;

    /**
     * @param http see {@link #client}; must not follow redirects, which would carry tokens elsewhere
     * @param maxBodyBytes bound of each answer
     * @param clock for a {@code Retry-After} that is a date
     */
    public HttpCaller(HttpClient http, HttpRetries retries, int maxBodyBytes, Clock clock, Sleeper sleeper) {
        this(http, retries, maxBodyBytes, clock, sleeper, line -> {});
    }

    private HttpCaller(
            HttpClient http, HttpRetries retries, int maxBodyBytes, Clock clock, Sleeper sleeper, Consumer<String> log) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would carry tokens elsewhere");
        }
        this.http = http;
        this.retries = retries;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
        this.sleeper = sleeper;
        this.log = log;
    }

    /**
     * A client has threads and connections of its own until it is collected as garbage: share it among the servers with the
     * same trust. HTTP/1.1, because the offer of HTTP/2 in plain text confuses old servers.
     *
     * @param builder a new one, or one that already knows its proxy
     * @param timeout of a call; a connection has at most 10 s of it
     */
    public static HttpClient client(HttpClient.Builder builder, TlsTrust trust, Duration timeout) {
        if (!trust.isDefault()) {
            builder.sslContext(trust.context());
        }
        return builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT)
                .build();
    }

    /** @param log told of each repetition in one line: why, when, how often still */
    public HttpCaller logging(Consumer<String> log) {
        return new HttpCaller(http, retries, maxBodyBytes, clock, sleeper, log);
    }

    /** The same connections with other rules. */
    public HttpCaller with(HttpRetries other) {
        return new HttpCaller(http, other, maxBodyBytes, clock, sleeper, log);
    }

    /** The same, where this method does no more when it is done twice; the rules else stay as they are. */
    public HttpCaller repeating(String method) {
        return with(retries.also(method));
    }

    /**
     * @param timeout of each attempt, from its connection to the last byte of its answer
     * @return the answer of the last attempt, of any status
     * @throws HttpFailure where the last attempt got no whole answer
     */
    public HttpAnswer call(HttpRequest request, Duration timeout) throws HttpFailure, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == retries.attempts();
            double random = ThreadLocalRandom.current().nextDouble();
            Duration wait = retries.wait(attempt, random);
            String why;
            try {
                HttpAnswer answer = exchange(request, timeout);
                if (last || !retries.repeats(request.method(), answer.status())) {
                    return answer;
                }
                Optional<Duration> asked = retryAfter(answer);
                wait = asked.isPresent() ? retries.waitAsked(asked.get(), random) : wait;
                why = "status " + answer.status();
            } catch (HttpFailure e) {
                if (last || !retries.repeats(request.method(), e.kind())) {
                    throw e;
                }
                why = e.getMessage();
            }
            log.accept(why + "; again in " + seconds(wait) + ", attempt " + (attempt + 1) + " of " + retries.attempts());
            sleeper.sleep(wait);
        }
    }

    private HttpAnswer exchange(HttpRequest request, Duration timeout) throws HttpFailure, InterruptedException {
        BoundedBody body = new BoundedBody(maxBodyBytes);
        // The timeout of a request ends with the headers of its answer; this one covers the body too.
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body));
        try {
            HttpResponse<Void> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpAnswer(response.statusCode(), response.headers(), body.bytes());
        } catch (TimeoutException e) {
            throw new HttpFailure(HttpFailure.Kind.TIMEOUT, "no complete answer within " + seconds(timeout), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private static HttpFailure failure(Throwable cause) {
        if (cause instanceof BoundedBody.TooLongException) {
            return new HttpFailure(HttpFailure.Kind.TOO_LONG, cause.getMessage(), cause);
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof SSLHandshakeException && isCertificate(cause)) {
            return new HttpFailure(HttpFailure.Kind.NOT_TRUSTED, "its certificate is not trusted (" + reason + ")", cause);
        }
        boolean connected = !(cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException);
        return connected
                ? new HttpFailure(HttpFailure.Kind.CUT, "the connection was cut (" + reason + ")", cause)
                : new HttpFailure(HttpFailure.Kind.NOT_CONNECTED, "cannot be reached (" + reason + ")", cause);
    }

    private static boolean isCertificate(Throwable cause) {
        return cause != null && (cause instanceof GeneralSecurityException || isCertificate(cause.getCause()));
    }

    /** Seconds or a date; nothing where it is neither. */
    private Optional<Duration> retryAfter(HttpAnswer answer) {
        String value = answer.header("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(clock.instant(), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
