package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import java.util.Map;

/**
 * A run that has ended.
 *
 * @param value what the workflow returned, or null when it failed
 */
public record WorkflowResult(StepTree root, Map<String, String> inputs, JsonNode value) {
    public boolean succeeded() {
        return root.state() == StepTree.State.SUCCEEDED;
    }

    /** The contract of {@code understack submit --json}, described in docs/command-line.md. */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", root.name());
        json.put("status", root.state().label());
        if (!succeeded()) {
            json.put("message", root.message());
        }
        json.set("result", value);
        json.set("steps", root.stepsToJson());
        return json;
    }
}
