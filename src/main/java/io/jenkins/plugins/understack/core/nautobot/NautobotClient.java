package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.BoundedBody;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Nautobot's REST API ({@code /api}, header {@code Authorization: Token …}). Thread-safe. */
public final class NautobotClient {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final int MAX_ERROR_CHARACTERS = 500;
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final NautobotSettings settings;
    private final Secrets secrets;
    private final HttpClient http;

    /** @param http decides on proxy and trust; must not follow redirects, which would carry the token elsewhere */
    public NautobotClient(NautobotSettings settings, Secrets secrets, HttpClient http) {
        this.settings = settings;
        this.secrets = secrets;
        this.http = http;
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would carry the token elsewhere");
        }
    }

    /**
     * One request.
     *
     * @param uri below {@code /api}, beginning with a slash, its query encoded: {@code /dcim/devices/?name=h1}
     * @param body sent as JSON, or null
     * @param timeout replaces that of the settings, or null
     * @return the JSON of the answer; a missing node when it has no body (204)
     */
    public JsonNode query(String method, String uri, JsonNode body, Duration timeout)
            throws NautobotException, InterruptedException {
        String verb = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb)) {
            throw new NautobotException("method: \"" + method + "\" is unknown; expected GET, POST, PUT, PATCH or DELETE");
        }
        String what = "nautobot " + verb + " " + uri;
        URI target = target(uri);
        String token = token(what);
        Duration limit = timeout == null ? settings.timeout() : timeout;
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(limit)
                .header("Authorization", "Token " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(verb, body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        BoundedBody answer = new BoundedBody(MAX_BODY_BYTES);
        // The timeout of a request ends with the headers of its answer; this one covers the body too.
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(answer));
        try {
            HttpResponse<Void> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return answer(what, response.statusCode(), answer.bytes(), token);
        } catch (TimeoutException e) {
            throw new NautobotException(what + ": no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(what, limit, e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private NautobotException failure(String what, Duration limit, Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return new NautobotException(what + ": no answer within " + limit.toMillis() + " ms", cause);
        }
        if (cause instanceof BoundedBody.TooLongException) {
            return new NautobotException(what + ": " + cause.getMessage() + "; ask for less with limit=", cause);
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new NautobotException(what + ": " + settings.url() + " cannot be reached (" + reason + ")", cause);
    }

    private URI target(String uri) throws NautobotException {
        if (uri == null || !uri.startsWith("/") || uri.startsWith("//")) {
            throw new NautobotException("uri: \"" + uri + "\" is refused; expected a path below /api that begins with one slash,"
                    + " for example /dcim/devices/?name=h1");
        }
        try {
            URI target = URI.create(settings.url() + "/api" + uri);
            ApiPath.check(uri);
            return target;
        } catch (IllegalArgumentException e) {
            throw new NautobotException("uri: \"" + uri + "\" is no valid path and query; encode blanks and special characters");
        }
    }

    private String token(String what) throws NautobotException {
        try {
            String token = secrets.text(settings.credentialsId()).strip();
            if (token.isEmpty() || token.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new NautobotException(what + ": credential \"" + settings.credentialsId()
                        + "\" holds no API token; expected printable characters");
            }
            return token;
        } catch (SecretUnavailableException e) {
            throw new NautobotException(what + ": nautobot.credentialsId: " + e.getMessage());
        }
    }

    private static JsonNode answer(String what, int status, byte[] body, String token) throws NautobotException {
        if (status < 200 || status > 299) {
            // Whatever answers there may echo the request.
            throw new NautobotException(what + ": status " + status + hint(status) + detail(body, token));
        }
        if (body.length == 0) {
            return Json.MAPPER.missingNode();
        }
        try {
            return Json.parse(body);
        } catch (MalformedEventException e) {
            throw new NautobotException(what + ": the answer " + e.getMessage() + "; is nautobot.url right?");
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> " (check the token in nautobot.credentialsId and its permissions)";
            case 404 -> " (no such object or path)";
            default -> status / 100 == 3 ? " (a redirect, which is not followed; check nautobot.url)" : "";
        };
    }

    /** Django REST framework explains itself in {@code {"detail": …}} or field by field. */
    private static String detail(byte[] body, String token) {
        try {
            // Masked as a whole: the cut may go through the token.
            String text = new TokenMask(token).apply(Json.parse(body).toString());
            return ": " + (text.length() > MAX_ERROR_CHARACTERS ? text.substring(0, MAX_ERROR_CHARACTERS) + "…" : text);
        } catch (MalformedEventException e) {
            return "";
        }
    }
}
