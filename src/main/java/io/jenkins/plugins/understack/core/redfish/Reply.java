package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a BMC answered to an action or upload.
 *
 * @param location path of what was made or of the task that does it (DSP0266, "Asynchronous operations"), or null
 * @param json a missing node where there is none
 */
public record Reply(int status, String location, JsonNode json) {
    @Override
    public String toString() {
        return "Reply[status=" + status + ", location=" + location + "]";
    }
}
