package io.jenkins.plugins.understack.core.source.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.EventReceiver;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.Rejection;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers the requests to a webhook source. Thread-safe; the HTTP server's threads call {@link #receive}. */
public final class WebhookReceiver implements EventReceiver {
    private static final Logger LOGGER = Logger.getLogger(WebhookReceiver.class.getName());
    /** Shorter than most proxies wait for an answer. */
    private static final Duration SAFE_TIMEOUT = Duration.ofSeconds(30);

    private final WebhookEventSource source;
    private final EventSink sink;
    private final Secrets secrets;
    private final SourceHealth health;
    private final Clock clock;
    private volatile boolean closed;

    WebhookReceiver(WebhookEventSource source, EventSink sink, Secrets secrets, SourceHealth health, Clock clock) {
        this.source = source;
        this.sink = sink;
        this.secrets = secrets;
        this.health = health;
        this.clock = clock;
        health.up();
    }

    @Override
    public WebhookEventSource source() {
        return source;
    }

    @Override
    public SourceStatus status() {
        SourceStatus.State state = health.status(0, List.of()).state();
        return health.status(state == SourceStatus.State.UP ? source.events().size() : 0, List.of());
    }

    @Override
    public void close() {
        closed = true;
    }

    /**
     * 202 with the id of the event; 400 for a body that cannot be read, 401 without proof, 404 for an unknown path, 405 for
     * another method, 413 for a body too long, 429 when too many events wait, 503 when the event cannot be taken now.
     */
    public WebhookAnswer receive(WebhookRequest request) throws IOException {
        if (closed) {
            // Replaced by another configuration at this moment: the sender shall try again, not give up.
            return WebhookAnswer.UNAVAILABLE;
        }
        for (WebhookEvent event : source.events()) {
            if (event.path().equals(request.path())) {
                return receive(event, request);
            }
        }
        return WebhookAnswer.NOT_FOUND;
    }

    private WebhookAnswer receive(WebhookEvent event, WebhookRequest request) throws IOException {
        long begin = System.nanoTime();
        if (!event.method().equals(request.method())) {
            return rejected(event, Rejection.METHOD, 405, "method not allowed", Map.of("Allow", event.method()));
        }
        byte[] body = request.body().readNBytes((int) Math.min(event.maxPayloadSize() + 1, Integer.MAX_VALUE - 8));
        if (body.length > event.maxPayloadSize()) {
            return rejected(event, Rejection.TOO_LARGE, 413, "body is longer than " + event.maxPayloadSize() + " bytes", Map.of());
        }
        try {
            WebhookAuthentication authentication = event.authentication();
            // Before the body is parsed: whoever has no secret gets no further.
            if (!authentication.accepts(request, body, secrets)) {
                return rejected(event, Rejection.UNAUTHENTICATED, 401, "not authenticated", Map.of("WWW-Authenticate", authentication.challenge()));
            }
            Event read = read(source, event, request, body, clock);
            awaitSafe(sink.accept(read));
            health.up();
            health.received(event.name(), Duration.ofNanos(System.nanoTime() - begin));
            return WebhookAnswer.accepted(read.id());
        } catch (MalformedEventException e) {
            return rejected(event, Rejection.UNREADABLE, 400, e.getMessage(), Map.of());
        } catch (SecretUnavailableException e) {
            unavailable(event, "authentication: " + e.getMessage());
            health.down("event \"" + event.name() + "\": authentication: " + e.getMessage());
            LOGGER.warning(() -> here(event) + "authentication: " + e.getMessage());
            return WebhookAnswer.UNAVAILABLE;
        } catch (TooManyEventsException e) {
            return rejected(event, Rejection.TOO_MANY, 429, e.getMessage(), Map.of("Retry-After", WebhookAnswer.RETRY_AFTER));
        } catch (EventNotAcceptedException e) {
            unavailable(event, e.getMessage());
            health.down("event \"" + event.name() + "\": requests are refused: " + e.getMessage());
            LOGGER.log(health.isNews(e.getMessage()) ? Level.WARNING : Level.FINE, () -> here(event) + "request refused: " + e.getMessage());
            return WebhookAnswer.UNAVAILABLE;
        }
    }

    /** Waits at most {@link #SAFE_TIMEOUT}; an event that becomes safe after that is known when it is sent again. */
    private static void awaitSafe(CompletableFuture<Void> safe) throws EventNotAcceptedException {
        try {
            safe.get(SAFE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EventNotAcceptedException refused) {
                throw refused;
            }
            throw new IllegalStateException("the event could not be handled", e.getCause());
        } catch (TimeoutException e) {
            throw new EventNotAcceptedException("it could not be stored within " + SAFE_TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventNotAcceptedException("interrupted while it was being stored", e);
        }
    }

    static Event read(WebhookEventSource source, WebhookEvent event, WebhookRequest request, byte[] body, Clock clock)
            throws MalformedEventException {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.set("header", WebhookHeaders.toJson(request, event.authentication().proofHeader()));
        data.set("body", WebhookBody.read(request, body));
        data.set("metadata", Json.MAPPER.valueToTree(event.metadata()));
        String id = event.identity().of(request::header, data, request.header("ce-id"));
        return new Event(id, source.name(), event.name(), "webhook", "webhook", clock.instant(), data);
    }

    private void unavailable(WebhookEvent event, String message) {
        health.rejected(event.name(), Rejection.UNAVAILABLE, "request refused with 503: " + message);
    }

    private WebhookAnswer rejected(
            WebhookEvent event, Rejection kind, int status, String message, Map<String, String> headers) {
        String why = "request refused with " + status + ": " + message;
        health.rejected(event.name(), kind, why);
        // Anybody can cause this, so it must not fill the log.
        LOGGER.log(health.isNews(why) ? Level.WARNING : Level.FINE, () -> here(event) + why);
        return WebhookAnswer.error(status, message, headers);
    }

    private String here(WebhookEvent event) {
        return "event source \"" + source.name() + "\", event \"" + event.name() + "\": ";
    }
}
