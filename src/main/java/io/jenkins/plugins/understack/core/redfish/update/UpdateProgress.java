package io.jenkins.plugins.understack.core.redfish.update;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How an update goes.
 *
 * @param state as the BMC names it (DSP0268, Task, TaskState): New, Running, …; or what keeps it from answering, in a sentence
 * @param percent 0 to 100, or null where the BMC does not tell
 * @param messages of the task
 * @param done it has ended well, and the versions were read back
 * @param changes once it is done: component → {@code 1.6.10 -> 2.0.0}; empty where no version has changed, as when the same was
 *     installed again or it waits for the next start of the system
 * @param nextPoll when to ask again
 */
public record UpdateProgress(
        String state, Integer percent, List<String> messages, boolean done, Map<String, String> changes, Instant nextPoll) {
    /** {@code Running 45 %: Message. Message.} */
    @Override
    public String toString() {
        return state + (percent == null ? "" : " " + percent + " %") + (messages.isEmpty() ? "" : ": " + String.join(" ", messages));
    }
}
