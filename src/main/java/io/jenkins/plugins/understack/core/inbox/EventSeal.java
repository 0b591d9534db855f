package io.jenkins.plugins.understack.core.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.function.Predicate;

/**
 * Encrypts the data of events with secret fields where they wait for others. Thread-safe.
 *
 * @param secretSources whether a source has secret fields, by its name
 */
public record EventSeal(Predicate<String> secretSources, PayloadCipher cipher) {
    private static final String PREFIX = "encrypted:";

    public Event close(Event event) {
        return secretSources.test(event.source())
                ? event.withData(TextNode.valueOf(PREFIX + cipher.encrypt(event.data().toString())))
                : event;
    }

    /** @throws IllegalArgumentException where it cannot be decrypted */
    public Event open(Event event) {
        // The data of an event are an object; one that was sealed is known by this, whatever its source has now.
        if (!event.data().isTextual() || !event.data().textValue().startsWith(PREFIX)) {
            return event;
        }
        try {
            return event.withData(Json.OWN.readTree(cipher.decrypt(event.data().textValue().substring(PREFIX.length()))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON after decryption");
        }
    }
}
