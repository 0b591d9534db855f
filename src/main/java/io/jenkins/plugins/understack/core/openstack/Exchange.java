package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Calls of a cloud's services, with errors that say which server. */
record Exchange(Cloud cloud, HttpCaller http) {
    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").header("Content-Type", "application/json");
    }

    /**
     * @param what begins the message of an error
     * @param timeout instead of that of the cloud; or null
     * @return of any status
     */
    HttpAnswer call(String what, HttpRequest request, Duration timeout) throws OpenstackException, InterruptedException {
        try {
            return http.call(request, timeout == null ? cloud.timeout() : timeout);
        } catch (HttpFailure e) {
            String advice = switch (e.kind()) {
                case TOO_LONG -> "; ask for less with limit";
                case NOT_TRUSTED -> "; give its authority as caCertificate, or correct the URL";
                default -> "";
            };
            boolean temporary = e.kind() != HttpFailure.Kind.TOO_LONG && e.kind() != HttpFailure.Kind.NOT_TRUSTED;
            throw new OpenstackException(what + ": " + server(request.uri()) + ": " + e.getMessage() + advice, temporary, e);
        }
    }

    private static String server(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** A missing node where the answer has no body. */
    static JsonNode json(String what, HttpAnswer answer) throws OpenstackException {
        if (answer.body().length == 0) {
            return Json.MAPPER.missingNode();
        }
        try {
            return Json.parse(answer.body());
        } catch (MalformedEventException e) {
            throw new OpenstackException(what + ": the answer " + e.getMessage() + "; is its address right?");
        }
    }

    /** In brackets, what to do about a status. */
    String hint(int status) {
        return switch (status) {
            case 401, 403 -> cloud.login() == null
                    ? " (it wants authentication; expected authUrl and credentialsId)"
                    : " (check credential \"" + cloud.login().credentialsId() + "\" and the roles of its user)";
            case 404 -> " (no such object or path)";
            case 406 -> " (it does not have this microversion)";
            default -> status / 100 == 3 ? " (a redirect, which is not followed; check the address)" : "";
        };
    }
}
