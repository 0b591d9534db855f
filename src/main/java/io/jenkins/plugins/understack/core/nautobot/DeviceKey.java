package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.regex.Pattern;

/** What a device is looked up by; one of the two is null. */
public record DeviceKey(String hostname, String deviceId) {
    /** Nautobot's are UUIDs. Nothing here may change the path that it becomes a part of. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    /**
     * Blank is as good as null.
     *
     * @throws InvalidFieldException of {@code hostname} or {@code deviceId} where none, both or something else is given
     */
    public DeviceKey {
        hostname = Fields.optional(hostname);
        deviceId = Fields.optional(deviceId);
        if (hostname == null && deviceId == null) {
            throw new InvalidFieldException("hostname", "is missing; expected the name of a device, or deviceId");
        }
        if (hostname != null && deviceId != null) {
            throw new InvalidFieldException("deviceId", "is given beside hostname; expected one of the two");
        }
        if (deviceId != null && !ID.matcher(deviceId).matches()) {
            throw new InvalidFieldException("deviceId", "\"" + deviceId + "\" is no id; expected the UUID of a device in Nautobot");
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return hostname != null ? "name \"" + hostname + "\"" : "id " + deviceId;
    }
}
