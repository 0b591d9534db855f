package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keystone as far as it gives tokens: for an application credential, or for a user with a project; both by the same name and secret. Thread-safe. */
final class KeystoneLogins {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final String user;
    private final String secret;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private volatile Duration life = Duration.ofHours(1);

    KeystoneLogins(Clock clock, String user, String secret) {
        this.clock = clock;
        this.user = user;
        this.secret = secret;
    }

    void life(Duration duration) {
        life = duration;
    }

    void revokeAll() {
        tokens.clear();
    }

    boolean knows(String token) {
        Instant end = token == null ? null : tokens.get(token);
        return end != null && clock.instant().isBefore(end);
    }

    /** A new token, or null where nobody has that name and secret. */
    String token(JsonNode request) {
        JsonNode identity = request.path("auth").path("identity");
        JsonNode application = identity.path("application_credential");
        JsonNode named = identity.path("password").path("user");
        boolean right = identity.path("methods").path(0).asText().equals("application_credential")
                ? application.path("id").asText().equals(user) && application.path("secret").asText().equals(secret)
                : named.path("name").asText().equals(user)
                        && named.path("password").asText().equals(secret)
                        && named.path("domain").path("name").isTextual()
                        && request.path("auth").path("scope").path("project").path("domain").path("name").isTextual();
        if (!right) {
            return null;
        }
        String token = "gAAAA-" + UUID.randomUUID();
        tokens.put(token, clock.instant().plus(life));
        return token;
    }

    /** @param ironic base URL of the service baremetal in two regions, of which only the first is here */
    ObjectNode document(String token, String ironic) {
        ObjectNode document = JSON.createObjectNode();
        ObjectNode body = document.putObject("token").put("expires_at", tokens.get(token).toString());
        ObjectNode service = body.putArray("catalog").addObject().put("type", "baremetal").put("name", "ironic");
        service.putArray("endpoints")
                .add(endpoint("here", "public", ironic))
                .add(endpoint("here", "internal", "http://127.0.0.1:1"))
                .add(endpoint("there", "public", "http://there.invalid"));
        return document;
    }

    private static ObjectNode endpoint(String region, String name, String url) {
        return JSON.createObjectNode().put("region_id", region).put("region", region).put("interface", name).put("url", url);
    }
}
