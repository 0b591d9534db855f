package io.jenkins.plugins.understack.core.nautobot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpFailure;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A Nautobot's REST API ({@code /api}, header {@code Authorization: Token …}) and GraphQL. Thread-safe; the caller waits.
 *
 * <p>What reads, and PUT and DELETE, is asked again where Nautobot cannot be reached, cuts the connection or answers 429, 502, 503
 * or 504; POST and PATCH only where there was no connection. The POST of GraphQL reads: Nautobot's documentation ("GraphQL") calls
 * that interface read-only, with queries and neither mutations nor subscriptions.
 */
public final class NautobotClient {
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final NautobotSettings settings;
    private final Secrets secrets;
    private final HttpCaller http;
    private final HttpCaller reads;

    /** One answer; the JSON is a missing node where it has no body (204). */
    record Reply(JsonNode json, int bytes) {}

    /**
     * @param http from {@link HttpCaller#client} with the trust and timeout of the settings
     * @param log told in one line why a request is made again
     */
    public NautobotClient(NautobotSettings settings, Secrets secrets, HttpClient http, Sleeper sleeper, Consumer<String> log) {
        this(settings, secrets, new HttpCaller(http, HttpRetries.REST, MAX_BODY_BYTES, Clock.systemUTC(), sleeper)
                .logging(line -> log.accept(label(settings) + ": " + line)));
    }

    private NautobotClient(NautobotSettings settings, Secrets secrets, HttpCaller http) {
        this.settings = settings;
        this.secrets = secrets;
        this.http = http;
        this.reads = http.repeating("POST");
    }

    /** For somebody who would rather know at once. */
    public NautobotClient withoutRetries() {
        return new NautobotClient(settings, secrets, http.with(HttpRetries.NONE));
    }

    /**
     * @param timeout of each request, instead of that of the settings; or null
     * @return the JSON of the answer; a missing node when it has no body (204). With {@code all} as {@link Pages} puts it together.
     */
    public JsonNode query(NautobotQuery query, Duration timeout) throws NautobotException, InterruptedException {
        return query.all() ? new Pages(this, timeout).gather(query) : send(query, timeout).json();
    }

    /**
     * @param variables a JSON object, or null
     * @return {@code data} of the answer
     * @throws NautobotException also where the answer has errors, with their messages
     */
    public JsonNode graphql(String query, JsonNode variables, Duration timeout) throws NautobotException, InterruptedException {
        if (query == null || query.isBlank()) {
            throw new InvalidFieldException("query", "is empty; expected GraphQL");
        }
        if (variables != null && !variables.isObject()) {
            throw new InvalidFieldException("variables", "are no map; expected one such as [name: 'h1']");
        }
        ObjectNode body = Json.MAPPER.createObjectNode().put("query", query);
        body.set("variables", variables == null ? Json.MAPPER.createObjectNode() : variables);
        NautobotQuery post = new NautobotQuery("POST", "/graphql/", body, false);
        JsonNode answer = send(reads, post, timeout).json();
        String what = label() + " " + post.method() + " " + post.uri();
        if (answer.path("errors").size() > 0) {
            throw new NautobotException(what + ": " + new ErrorDetail(token(what)).of(answer));
        }
        if (!answer.path("data").isObject()) {
            throw new NautobotException(what + ": the answer has no data; is the url of the Nautobot right?");
        }
        return answer.path("data");
    }

    Reply send(NautobotQuery query, Duration timeout) throws NautobotException, InterruptedException {
        return send(http, query, timeout);
    }

    private Reply send(HttpCaller caller, NautobotQuery query, Duration timeout) throws NautobotException, InterruptedException {
        String what = label() + " " + query.method() + " " + query.uri();
        String token = token(what);
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + "/api" + query.uri()))
                .header("Authorization", "Token " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(query.method(), query.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(query.body().toString()))
                .build();
        try {
            return reply(what, caller.call(request, timeout == null ? settings.timeout() : timeout), token);
        } catch (HttpFailure e) {
            String advice = switch (e.kind()) {
                case TOO_LONG -> "; ask for less with limit";
                case NOT_TRUSTED -> "; give its authority as caCertificate, or correct the url";
                default -> "";
            };
            throw new NautobotException(what + ": " + settings.url() + ": " + e.getMessage() + advice, e);
        }
    }

    private Reply reply(String what, HttpAnswer answer, String token) throws NautobotException {
        if (!answer.isSuccess()) {
            // Whatever answers there may echo the request.
            throw new NautobotException(
                    what + ": status " + answer.status() + hint(answer.status()) + new ErrorDetail(token).of(answer.body()),
                    answer.status());
        }
        if (answer.body().length == 0) {
            return new Reply(Json.MAPPER.missingNode(), 0);
        }
        try {
            return new Reply(Json.parse(answer.body()), answer.body().length);
        } catch (MalformedEventException e) {
            throw new NautobotException(what + ": the answer " + e.getMessage() + "; is the url of the Nautobot right?");
        }
    }

    private String hint(int status) {
        return switch (status) {
            case 401, 403 -> " (check the token in credential \"" + settings.credentialsId() + "\" and its permissions)";
            case 404 -> " (no such object or path)";
            default -> status / 100 == 3 ? " (a redirect, which is not followed; check the url of the Nautobot)" : "";
        };
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
            throw new NautobotException(what + ": " + e.getMessage());
        }
    }

    /** For messages: {@code nautobot}, or with its name where that is not the usual one. */
    String label() {
        return label(settings);
    }

    private static String label(NautobotSettings settings) {
        return settings.name().equals(NautobotSettings.DEFAULT_NAME) ? "nautobot" : "nautobot " + settings.name();
    }

    NautobotSettings settings() {
        return settings;
    }
}
