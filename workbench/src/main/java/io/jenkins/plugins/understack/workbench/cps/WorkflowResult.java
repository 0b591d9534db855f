package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.Map;

/**
 * A run that has ended.
 *
 * @param value what the workflow returned, or null when it failed
 */
public record WorkflowResult(RunNode root, Map<String, String> inputs, JsonNode value) {
    public boolean succeeded() {
        return root.state() == RunNode.State.SUCCEEDED;
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
        json.set("steps", steps(root));
        return json;
    }

    private static ArrayNode steps(RunNode node) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (RunNode child : node.children()) {
            ObjectNode json = array.addObject();
            json.put("name", child.name());
            json.put("status", child.state().label());
            json.put("startedAt", child.start().toString());
            json.put("durationMs", child.duration().toMillis());
            json.put("message", child.message());
            json.set("steps", steps(child));
        }
        return array;
    }
}
