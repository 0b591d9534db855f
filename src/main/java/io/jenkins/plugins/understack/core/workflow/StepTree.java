package io.jenkins.plugins.understack.core.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A workflow, or a step of one, with what it called. Immutable.
 *
 * @param name of a step with the telling part of its arguments: {@code nautobotQuery GET /dcim/devices/?name=h1}; one line
 * @param duration until now where it still runs
 * @param message why it failed, or a short form of its result; one line, never null
 * @param steps in the order in which they began
 */
public record StepTree(String name, State state, Instant start, Duration duration, String message, List<StepTree> steps) {
    /** As Argo calls and marks them; {@code UNSTABLE} and {@code ABORTED} are Jenkins' own. */
    public enum State {
        PENDING("Pending", "◷"),
        RUNNING("Running", "●"),
        SUCCEEDED("Succeeded", "✔"),
        UNSTABLE("Unstable", "⚠"),
        FAILED("Failed", "✖"),
        ABORTED("Aborted", "■");

        private final String label;
        private final String mark;

        State(String label, String mark) {
            this.label = label;
            this.mark = mark;
        }

        public String label() {
            return label;
        }

        String mark() {
            return mark;
        }

        public boolean ended() {
            return this != PENDING && this != RUNNING;
        }
    }

    public StepTree {
        steps = List.copyOf(steps);
    }

    /** Of each step {@code name}, {@code status}, {@code startedAt} (ISO 8601, UTC), {@code durationMs}, {@code message}, {@code steps}. */
    public ArrayNode stepsToJson() {
        ArrayNode array = Json.OWN.createArrayNode();
        for (StepTree step : steps) {
            ObjectNode json = array.addObject();
            json.put("name", step.name);
            json.put("status", step.state.label());
            json.put("startedAt", step.start.toString());
            json.put("durationMs", step.duration.toMillis());
            json.put("message", step.message);
            json.set("steps", step.stepsToJson());
        }
        return array;
    }
}
