package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TokenMask;
import java.util.function.UnaryOperator;

/**
 * A log-in that the body of a request speaks of as {@code $USERNAME} and {@code $PASSWORD}, such as that of a BMC for Ironic: so no script,
 * and nothing that is kept of it, ever holds the value. Only texts that are just this are replaced.
 */
public final class BodyLogin {
    private final UsernamePassword login;
    private final TokenMask mask;

    public BodyLogin(UsernamePassword login) {
        this.login = login;
        this.mask = new TokenMask(login.password());
    }

    JsonNode fill(JsonNode body) {
        return texts(body, text -> switch (text) {
            case "$USERNAME" -> login.username();
            case "$PASSWORD" -> login.password();
            default -> text;
        });
    }

    /** What a service answers may repeat what it was sent. */
    JsonNode mask(JsonNode answer) {
        return texts(answer, mask::apply);
    }

    String mask(String text) {
        return mask.apply(text);
    }

    private static JsonNode texts(JsonNode node, UnaryOperator<String> change) {
        if (node.isTextual()) {
            return TextNode.valueOf(change.apply(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            node.forEach(element -> copy.add(texts(element, change)));
            return copy;
        }
        if (node.isObject()) {
            ObjectNode copy = Json.MAPPER.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), texts(field.getValue(), change)));
            return copy;
        }
        return node;
    }
}
