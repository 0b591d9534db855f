package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.http.HttpAnswer;
import io.jenkins.plugins.understack.core.http.TokenMask;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Gets tokens from a cloud's Keystone (Identity API v3, {@code POST /v3/auth/tokens}), or none where the cloud needs none. */
record Keystone(Cloud cloud, Secrets secrets, Tokens tokens, Exchange exchange) {
    /** What a request carries; both null without authentication. */
    record Access(UsernamePassword login, Tokens.Token token) {
        /** Without the secrets, which an answer may repeat. */
        String masked(String text) {
            String masked = login == null ? text : new TokenMask(login.password()).apply(text);
            return token == null ? masked : new TokenMask(token.value()).apply(masked);
        }

        @Override
        public String toString() {
            return "Access[]";
        }
    }

    /**
     * With the token that is known, or a new one.
     *
     * @param what begins the message of an error
     */
    Access access(String what, Duration timeout) throws OpenstackException, InterruptedException {
        if (cloud.login() == null) {
            return new Access(null, null);
        }
        UsernamePassword login = login(what);
        Tokens.Token known = tokens.find(cloud, login).orElse(null);
        if (known != null) {
            return new Access(login, known);
        }
        Tokens.Token token = ask(what + ": Keystone", login, timeout);
        tokens.keep(cloud, login, token);
        return new Access(login, token);
    }

    /** A new one, which nobody else gets. */
    Tokens.Token test(String what) throws OpenstackException, InterruptedException {
        return ask(what + ": Keystone", login(what), null);
    }

    private UsernamePassword login(String what) throws OpenstackException {
        String id = cloud.login().credentialsId();
        try {
            UsernamePassword login = secrets.usernamePassword(id);
            if (login.password().isEmpty()) {
                throw new OpenstackException(what + ": credential \"" + id + "\" has no password");
            }
            return login;
        } catch (SecretUnavailableException e) {
            throw new OpenstackException(what + ": " + e.getMessage());
        }
    }

    /** After 401. */
    Access renewed(String what, Access refused, Duration timeout) throws OpenstackException, InterruptedException {
        tokens.forget(cloud, refused.login, refused.token);
        return access(what, timeout);
    }

    private Tokens.Token ask(String what, UsernamePassword login, Duration timeout) throws OpenstackException, InterruptedException {
        HttpRequest request = Exchange.request(cloud.login().authUrl() + "/v3/auth/tokens")
                .POST(HttpRequest.BodyPublishers.ofString(Tokens.request(cloud.login(), login).toString()))
                .build();
        HttpAnswer answer = exchange.call(what, request, timeout);
        if (!answer.isSuccess()) {
            String said = ErrorDetail.bounded(new Access(login, null).masked(ErrorDetail.of(answer.body())));
            // Not with its status, which is not that of the service that was asked for something.
            throw new OpenstackException(what + ": status " + answer.status() + exchange.hint(answer.status()) + said,
                    OpenstackException.isTemporary(answer.status()), null);
        }
        JsonNode token = Exchange.json(what, answer).path("token");
        String value = answer.header("X-Subject-Token").orElse("");
        try {
            if (!value.isBlank()) {
                return new Tokens.Token(value, OffsetDateTime.parse(token.path("expires_at").asText()).toInstant(), token.path("catalog"));
            }
        } catch (DateTimeParseException e) {
            // Answered below.
        }
        throw new OpenstackException(what + ": the answer has no token with an end; is authUrl right?");
    }
}
