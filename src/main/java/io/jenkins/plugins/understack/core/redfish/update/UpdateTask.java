package io.jenkins.plugins.understack.core.redfish.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.understack.core.event.Json;
import java.time.Instant;
import java.util.Map;

/**
 * An update that a BMC has begun; its text may be stored, and the update be followed by another process.
 *
 * @param path of the task, of its monitor, or of what else tells how it goes
 * @param deadlineMillis when to give up, in milliseconds since 1970
 * @param before versions of the firmware inventory before the update
 */
public record UpdateTask(String path, long deadlineMillis, Map<String, String> before) {
    public UpdateTask {
        before = Map.copyOf(before);
    }

    Instant deadline() {
        return Instant.ofEpochMilli(deadlineMillis);
    }

    public String toText() {
        try {
            return Json.OWN.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException where it is not what {@link #toText} gave */
    public static UpdateTask of(String text) {
        try {
            return Json.OWN.readValue(text, UpdateTask.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no stored firmware update", e);
        }
    }
}
