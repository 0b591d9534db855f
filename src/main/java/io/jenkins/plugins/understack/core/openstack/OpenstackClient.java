package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The services of a cloud. Thread-safe; the caller waits.
 *
 * <p>What reads, and PUT and DELETE, is asked again where a service cannot be reached, cuts the connection or answers 429, 502, 503 or
 * 504; POST and PATCH only where there was no connection. A request that is answered 401 is made once more with a new token.
 */
public final class OpenstackClient {
    /** A token that nobody gets to see does no harm. */
    private static final HttpRetries LOGIN_RETRIES = new HttpRetries(
            HttpRetries.REST.attempts(), HttpRetries.REST.first(), HttpRetries.REST.longest(), HttpRetries.REST.statuses(), Set.of("POST"));

    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    private final Cloud cloud;
    private final Secrets secrets;
    private final Tokens tokens;
    private final HttpCaller http;
    private final Exchange service;
    private final Keystone keystone;

    /** One answer; the JSON is a missing node where it has no body. */
    record Reply(JsonNode json, int bytes, String endpoint) {}

    /**
     * @param tokens shared with other clients
     * @param http from {@link HttpCaller#client} with the trust and timeout of the cloud
     * @param log told in one line why a request is made again
     */
    public OpenstackClient(Cloud cloud, Secrets secrets, Tokens tokens, HttpClient http, Sleeper sleeper, Consumer<String> log) {
        this(cloud, secrets, tokens, new HttpCaller(http, HttpRetries.REST, MAX_BODY_BYTES, Clock.systemUTC(), sleeper)
                .logging(line -> log.accept(label(cloud) + ": " + line)), LOGIN_RETRIES);
    }

    private OpenstackClient(Cloud cloud, Secrets secrets, Tokens tokens, HttpCaller http, HttpRetries loginRetries) {
        this.cloud = cloud;
        this.secrets = secrets;
        this.tokens = tokens;
        this.http = http;
        this.service = new Exchange(cloud, http);
        this.keystone = new Keystone(cloud, secrets, tokens, new Exchange(cloud, http.with(loginRetries)));
    }

    /** For somebody who would rather know at once. */
    public OpenstackClient withoutRetries() {
        return new OpenstackClient(cloud, secrets, tokens, http.with(HttpRetries.NONE), HttpRetries.NONE);
    }

    /**
     * @param bodyLogin what {@code $USERNAME} and {@code $PASSWORD} in the body stand for; null where nothing is replaced
     * @param timeout of each request, instead of that of the cloud; or null
     * @return the JSON of the answer; a missing node when it has no body, and with {@code optional} when there is no such thing. With {@code
     *     all} as {@link Pages} puts it together.
     */
    public JsonNode query(OpenstackQuery query, BodyLogin bodyLogin, Duration timeout) throws OpenstackException, InterruptedException {
        try {
            JsonNode answer = query.all() ? new Pages(this, timeout).gather(query) : send(query, bodyLogin, timeout).json();
            return bodyLogin == null ? answer : bodyLogin.mask(answer);
        } catch (OpenstackException e) {
            if (query.optional() && e.status() == NOT_FOUND) {
                return Json.MAPPER.missingNode();
            }
            throw e;
        }
    }

    /**
     * Logs in, whether a token is known or not.
     *
     * @return when the token ends; null where the cloud needs none
     */
    public Instant test() throws OpenstackException, InterruptedException {
        return cloud.login() == null ? null : keystone.test(label()).end();
    }

    Reply send(OpenstackQuery query, BodyLogin bodyLogin, Duration timeout) throws OpenstackException, InterruptedException {
        String what = label() + " " + query;
        Keystone.Access access = keystone.access(what, timeout);
        String endpoint = endpoint(what, access, query.service());
        HttpAnswer answer = service.call(what, request(query, bodyLogin, endpoint, access), timeout);
        if (answer.status() == UNAUTHORIZED && access.token() != null) {
            access = keystone.renewed(what, access, timeout);
            answer = service.call(what, request(query, bodyLogin, endpoint, access), timeout);
        }
        if (!answer.isSuccess()) {
            String said = access.masked(ErrorDetail.of(answer.body()));
            throw new OpenstackException(
                    what + ": status " + answer.status() + service.hint(answer.status())
                            + ErrorDetail.bounded(bodyLogin == null ? said : bodyLogin.mask(said)),
                    answer.status());
        }
        return new Reply(Exchange.json(what, answer), answer.body().length, endpoint);
    }

    private String endpoint(String what, Keystone.Access access, String type) throws OpenstackException {
        try {
            return Catalogue.endpoint(cloud, access.token(), type);
        } catch (OpenstackException e) {
            throw new OpenstackException(what + ": " + e.getMessage());
        }
    }

    private static HttpRequest request(OpenstackQuery query, BodyLogin bodyLogin, String endpoint, Keystone.Access access) {
        HttpRequest.Builder request = Exchange.request(Catalogue.join(endpoint, query.uri()));
        if (access.token() != null) {
            request.header("X-Auth-Token", access.token().value());
        }
        if (query.microversion() != null) {
            request.header("OpenStack-API-Version", query.service() + " " + query.microversion());
            if (query.service().equals("baremetal")) {
                // What Ironic knew before there was a header for all.
                request.header("X-OpenStack-Ironic-API-Version", query.microversion());
            }
        }
        JsonNode body = query.body() == null || bodyLogin == null ? query.body() : bodyLogin.fill(query.body());
        return request.method(query.method(), body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    /** For messages: {@code openstack}, or with its name where that is not the usual one. */
    String label() {
        return label(cloud);
    }

    private static String label(Cloud cloud) {
        return cloud.name().equals(Cloud.DEFAULT_NAME) ? "openstack" : "openstack " + cloud.name();
    }
}
