package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.event.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keystone's tokens, which all who use the same log-in share until shortly before they end. Kept in memory only. Thread-safe; two threads
 * that need one at the same moment get two.
 */
public final class Tokens {
    /** A request that begins with a token should end with it. */
    private static final Duration SPARE = Duration.ofMinutes(2);

    /** More than anybody has clouds; what was configured once and is no longer must not stay for ever. */
    private static final int MAX_TOKENS = 50;

    private final Clock clock;
    private final Map<Key, Token> known = new ConcurrentHashMap<>();

    public Tokens(Clock clock) {
        this.clock = clock;
    }

    /** With the secret, so that a changed one is used at once. */
    private record Key(Cloud cloud, UsernamePassword login) {}

    /**
     * @param value secret
     * @param catalogue what the token is good for: services with their endpoints
     */
    record Token(String value, Instant end, JsonNode catalogue) {
        @Override
        public String toString() {
            return "Token[until " + end + "]";
        }
    }

    Optional<Token> find(Cloud cloud, UsernamePassword login) {
        Token token = known.get(new Key(cloud, login));
        return token == null || !clock.instant().isBefore(token.end.minus(SPARE)) ? Optional.empty() : Optional.of(token);
    }

    void keep(Cloud cloud, UsernamePassword login, Token token) {
        if (known.size() >= MAX_TOKENS) {
            known.clear();
        }
        known.put(new Key(cloud, login), token);
    }

    /** One that was refused. */
    void forget(Cloud cloud, UsernamePassword login, Token token) {
        known.remove(new Key(cloud, login), token);
    }

    /** The body of {@code POST /v3/auth/tokens}. */
    static ObjectNode request(Cloud.Login how, UsernamePassword login) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode auth = body.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        if (how.project() == null) {
            identity.putArray("methods").add("application_credential");
            identity.putObject("application_credential").put("id", login.username()).put("secret", login.password());
            return body;
        }
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user").put("name", login.username()).put("password", login.password());
        user.putObject("domain").put("name", how.userDomain());
        ObjectNode project = auth.putObject("scope").putObject("project").put("name", how.project());
        project.putObject("domain").put("name", how.projectDomain());
        return body;
    }
}
