package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;

/**
 * Redfish of one BMC: its service root, and sessions. Makes no second attempt on its own: a BMC that is starting (503) is a {@link
 * NotYetException}, all else fails at once. Thread-safe.
 */
public final class RedfishClient {
    /** For each call; an earlier program without one hung for ever. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Bound of each answer; a Dell attribute registry has some megabytes, everything that we ask for less. */
    public static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    private static final String ROOT = "/redfish/v1/";
    private static final Duration STARTING = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Bmc bmc;
    private final HttpCaller http;
    private final Clock clock;
    private Resource root;

    /** @param http with the trust for this BMC, {@link #MAX_BODY_BYTES} and no retries */
    public RedfishClient(Bmc bmc, HttpCaller http, Clock clock) {
        this.bmc = bmc;
        this.http = http;
        this.clock = clock;
    }

    public Bmc bmc() {
        return bmc;
    }

    /** The service root, which needs no log-in (DSP0266, "Service root request"); asked for once. */
    public synchronized Resource root() throws RedfishException, InterruptedException {
        if (root == null) {
            root = get(ROOT, null);
        }
        return root;
    }

    /**
     * One log-in (DSP0266, "Redfish session login authentication"), which a wrong password makes one step towards a lock-out. The
     * service root is asked first, so that no attempt is lost on a BMC that is not there or is starting.
     *
     * @return to be closed; the path to do so comes from the body's {@code @odata.id}, else from {@code Location}
     * @throws RedfishException with {@link RedfishException#status} 401, or 400 from iLO, where user or password is wrong
     */
    public RedfishSession login(String user, String password) throws RedfishException, InterruptedException {
        String collection = root().link("/Links/Sessions");
        String path = collection == null ? "/redfish/v1/SessionService/Sessions" : bmc.path(collection);
        ObjectNode body = Json.MAPPER.createObjectNode().put("UserName", user).put("Password", password);
        return RedfishSession.of(this, new Login(this, path, body).perform());
    }

    Resource get(String path, String token) throws RedfishException, InterruptedException {
        HttpAnswer answer = call("GET", path, builder(path, token).GET(), TIMEOUT, false);
        JsonNode json = json("GET " + path, answer);
        String etag = answer.header("ETag").orElse(json.path("@odata.etag").textValue());
        return new Resource(path, json, etag);
    }

    HttpRequest.Builder builder(String path, String token) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(bmc.url() + path))
                .header("Accept", "application/json")
                .header("OData-Version", "4.0");
        return token == null ? builder : builder.header("X-Auth-Token", token);
    }

    HttpRequest.Builder send(String method, String path, String token, JsonNode body) {
        return builder(path, token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    /** @param secret a password is sent: nothing that may quote it gets into the message of a failure */
    HttpAnswer call(String method, String path, HttpRequest.Builder request, Duration timeout, boolean secret)
            throws RedfishException, InterruptedException {
        String what = bmc + ": " + method + " " + path;
        HttpAnswer answer;
        try {
            answer = http.call(request.build(), timeout);
        } catch (HttpFailure e) {
            throw new RedfishException(what + ": " + e.getMessage() + hint(e), e);
        }
        if (answer.isSuccess()) {
            return answer;
        }
        String text = what + ": status " + answer.status() + ErrorText.of(answer.body(), secret);
        if (answer.status() == 503) {
            throw new NotYetException(text + " (the BMC is starting or busy)", 503, clock.instant().plus(retryAfter(answer)));
        }
        throw new RedfishException(text + hint(answer.status()), answer.status());
    }

    Reply reply(String what, HttpAnswer answer) throws RedfishException {
        String location = answer.header("Location").orElse(null);
        return new Reply(answer.status(), location == null ? null : bmc.pathOfLocation(location), json(what, answer));
    }

    JsonNode json(String what, HttpAnswer answer) throws RedfishException {
        try {
            return answer.body().length == 0 ? Json.MAPPER.missingNode() : Json.parse(answer.body());
        } catch (MalformedEventException e) {
            throw new RedfishException(bmc + ": " + what + ": the answer " + e.getMessage() + "; is this a BMC with Redfish?");
        }
    }

    /** Seconds; BMCs without a clock give no date. */
    private static Duration retryAfter(HttpAnswer answer) {
        String value = answer.header("Retry-After").orElse("").strip();
        Duration asked = value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : STARTING;
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static String hint(HttpFailure failure) {
        return failure.kind() == HttpFailure.Kind.NOT_TRUSTED
                ? "; give the certificate of its authority, or allow insecure connections to this site's BMCs"
                : "";
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " (not logged in: wrong user or password, a locked account, or a session that has ended)";
            case 403 -> " (this account may not do that)";
            case 404 -> " (this BMC has no such resource)";
            case 412 -> " (somebody else has changed it meanwhile; run again)";
            default -> status / 100 == 3 ? " (a redirect, which is not followed)" : "";
        };
    }
}
