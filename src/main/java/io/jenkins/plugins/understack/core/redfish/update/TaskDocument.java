package io.jenkins.plugins.understack.core.redfish.update;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.ErrorText;
import io.jenkins.plugins.understack.core.redfish.Reply;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells how an update goes, whichever of these a BMC has: a task (DSP0268, Task), its monitor, which answers 202 until it
 * has ended (DSP0266, "Asynchronous operations"), a job of Dell's own queue, the state of HPE's update service ({@code Oem.Hpe.State},
 * of whose end {@code Result} tells more), or only the firmware inventory.
 *
 * @param state one of the standard's or the BMC's own
 */
record TaskDocument(String state, Integer percent, List<String> messages, Outcome outcome) {
    enum Outcome {
        RUNNING,
        /** Nothing is going on: not yet, or no longer. */
        IDLE,
        GOOD,
        BAD
    }

    /** A sentence in the place of a state. */
    static final String NO_TASK = "has no task; a version in its inventory has not changed yet";

    /** Some iLOs write theirs in capitals. */
    private static final Set<String> GOOD = caseless("Completed", "Complete", "RebootCompleted");

    private static final Set<String> BAD = caseless(
            "Exception", "Killed", "Cancelled", "Failed", "CompletedWithErrors", "RebootFailed", "Error", "Aborted");

    private static Set<String> caseless(String... states) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(states));
        return set;
    }

    static TaskDocument of(Reply reply) {
        JsonNode json = reply.json();
        JsonNode vendor = vendorState(json);
        if (json.has("TaskState")) {
            return of(json.path("TaskState").asText(), json, json.path("PercentComplete"), ErrorText.messages(json.path("Messages")));
        }
        if (json.has("JobState")) {
            String message = json.path("Message").asText("");
            return of(json.path("JobState").asText(), json, json.path("PercentComplete"), message.isEmpty() ? List.of() : List.of(message));
        }
        if (!vendor.isMissingNode()) {
            List<String> result = ErrorText.messages(Json.MAPPER.createArrayNode().add(vendor.path("Result")));
            return of(vendor.path("State").asText(), json, vendor.path("FlashProgressPercent"), result);
        }
        if (json.has("Members")) {
            return new TaskDocument(NO_TASK, null, List.of(), Outcome.IDLE);
        }
        return of(reply.status() == 202 ? "Running" : "Completed", json, json.path("PercentComplete"), List.of());
    }

    /** Where the update service of a BMC tells its state: {@code Oem.<vendor>.State} or {@code State}; a missing node where it does not. */
    static JsonNode vendorState(JsonNode service) {
        if (service.path("State").isTextual()) {
            return service;
        }
        for (JsonNode vendor : service.path("Oem")) {
            if (vendor.path("State").isTextual()) {
                return vendor;
            }
        }
        return service.path("");
    }

    private static TaskDocument of(String state, JsonNode json, JsonNode percent, List<String> messages) {
        // Some BMCs say Completed and mean that it has ended.
        boolean bad = BAD.contains(state) || GOOD.contains(state) && json.path("TaskStatus").asText().equals("Critical");
        Outcome other = state.equalsIgnoreCase("Idle") ? Outcome.IDLE : Outcome.RUNNING;
        Outcome outcome = bad ? Outcome.BAD : GOOD.contains(state) ? Outcome.GOOD : other;
        return new TaskDocument(state, percent.isNumber() ? percent.intValue() : null, messages, outcome);
    }
}
