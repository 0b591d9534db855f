package io.jenkins.plugins.understack.core.inbox;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The maps of the inbox in its store, and how what is in them is written. What is kept for a source with secret fields is encrypted as
 * a whole: parameters and reasons hold what the fields held.
 */
final class InboxMaps {
    private static final Logger LOGGER = Logger.getLogger(InboxMaps.class.getName());
    private static final String ENCRYPTED = "encrypted:";
    private static final ObjectMapper MAPPER = Json.OWN.copy()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, fromText(Instant.class, Instant::parse))
                    .addDeserializer(Duration.class, fromText(Duration.class, Duration::parse)))
            .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
            .setVisibility(PropertyAccessor.CREATOR, Visibility.ANY)
            // A newer version may have written more.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Number to event with decisions. */
    final StateMap events;
    /** Number to {@link IndexEntry}: what retention needs to know without reading the event. */
    final StateMap index;
    /** Identity to number. */
    final StateMap identities;
    /** Number to time and identity, to forget them in order. */
    final StateMap arrivals;
    /** Id to pending start. */
    final StateMap starts;
    /** Id to outcome. */
    final StateMap outcomes;
    /** Id to dead letter. */
    final StateMap deadLetters;
    /** Id to the body of a message that is a dead letter. */
    final StateMap bodies;

    private final Predicate<String> secretSources;
    private final PayloadCipher cipher;

    InboxMaps(StateStore store, Predicate<String> secretSources, PayloadCipher cipher) {
        this.secretSources = secretSources;
        this.cipher = cipher;
        events = store.map("events");
        index = store.map("index");
        identities = store.map("identities");
        arrivals = store.map("arrivals");
        starts = store.map("starts");
        outcomes = store.map("outcomes");
        deadLetters = store.map("deadLetters");
        bodies = store.map("bodies");
    }

    boolean encrypts() {
        return cipher != null;
    }

    String write(String source, Object value) {
        try {
            String text = MAPPER.writeValueAsString(value);
            return secretSources.test(source) ? ENCRYPTED + cipher.encrypt(text) : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record that cannot be written as JSON", e);
        }
    }

    /** Null for what is not there or, with a message in the log, cannot be read. */
    <T> T read(String key, String text, Class<T> type) {
        try {
            return text == null ? null : MAPPER.readValue(text.startsWith(ENCRYPTED) ? cipher.decrypt(text.substring(ENCRYPTED.length())) : text, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The cause would quote what is kept.
            LOGGER.log(Level.SEVERE, "inbox: {0} {1} cannot be read ({2})", new Object[] {
                type.getSimpleName(), key, e.getClass().getSimpleName()
            });
            return null;
        }
    }

    private static <T> FromStringDeserializer<T> fromText(Class<T> type, Function<String, T> parse) {
        return new FromStringDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            protected T _deserialize(String text, DeserializationContext context) {
                return parse.apply(text);
            }
        };
    }

    /** @param bytes what the event and its decisions take, as text */
    record IndexEntry(Instant accepted, int bytes, String source) {
        static IndexEntry parse(String text) {
            String[] parts = text.split(" ", 3);
            return new IndexEntry(Instant.ofEpochMilli(Long.parseLong(parts[0])), Integer.parseInt(parts[1]), parts[2]);
        }

        String print() {
            return accepted.toEpochMilli() + " " + bytes + " " + source;
        }
    }

    static boolean hasPrefix(StateMap map, String prefix) {
        var entries = map.from(prefix).iterator();
        return entries.hasNext() && entries.next().getKey().startsWith(prefix);
    }
}
