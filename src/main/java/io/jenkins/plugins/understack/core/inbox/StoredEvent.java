package io.jenkins.plugins.understack.core.inbox;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.source.SecretFields;
import java.time.Instant;
import java.util.List;

/**
 * An event that matched.
 *
 * @param number in the order of acceptance: {@link Ids}
 * @param decisions without the values of parameters
 * @param secretFields of its source when it was accepted: the source may be gone since
 */
public record StoredEvent(String number, Event event, Instant accepted, List<Decision> decisions, List<String> secretFields) {
    public StoredEvent {
        // An older inbox does not say.
        secretFields = secretFields == null ? List.of() : List.copyOf(secretFields);
    }

    /** For lists; not to be replayed. */
    StoredEvent withoutData() {
        return new StoredEvent(number, event.withData(NullNode.instance), accepted, decisions, secretFields);
    }

    /** What is not to be shown of it. */
    public SecretFields secrets() {
        return SecretFields.parse(secretFields);
    }
}
